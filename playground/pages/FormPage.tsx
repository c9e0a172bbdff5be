import type { ReactNode } from 'react';
import { Lead } from '../components/Lead.tsx';

export function FormPage(): ReactNode {
  return <Lead title="Form">To come.</Lead>;
}
