import type { ReactNode } from 'react';
import { Lead } from '../components/Lead.tsx';

export function TabsPage(): ReactNode {
  return <Lead title="Tabs">To come.</Lead>;
}
