import type { ReactNode } from 'react';
import { Lead } from '../components/Lead.tsx';

export function SuspensePage(): ReactNode {
  return <Lead title="Suspense">To come.</Lead>;
}
