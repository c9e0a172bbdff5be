import type { ReactNode } from 'react';
import { Lead } from '../components/Lead.tsx';

export function PoliciesPage(): ReactNode {
  return <Lead title="Policies">To come.</Lead>;
}
