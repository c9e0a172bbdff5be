import { HttpError } from './HttpError.ts';

export interface WholeNumberLimits {
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
}

/** The parameter as a whole number, `undefined` when it is absent; 400 for everything else. */
export function readWholeNumber(
  query: URLSearchParams,
  name: string,
  { least, most, unit = '' }: WholeNumberLimits,
): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  const of = unit === '' ? '' : ` of ${unit}`;
  throw refusal(name, `a whole number${of} from ${least} to ${most}`, value);
}

/** The parameter as trimmed text; 400 when it is absent, empty or longer than `longest`. */
export function readText(query: URLSearchParams, name: string, longest: number): string {
  const value = query.get(name);
  const text = value?.trim() ?? '';
  if (value === null || text === '' || text.length > longest) {
    throw refusal(name, `a text of 1 to ${longest} characters`, value);
  }
  return text;
}

/** True for `1`, false for `0` and when it is absent; 400 for everything else. */
export function readSwitch(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value === null || value === '0') return false;
  if (value === '1') return true;
  throw refusal(name, '0 or 1', value);
}

export function refusal(name: string, expected: string, value: string | null): HttpError {
  const got = value === null ? 'nothing' : JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return new HttpError(400, `${name}: expected ${expected}, got ${got}.`);
}
