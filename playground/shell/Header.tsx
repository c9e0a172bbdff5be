import { useEffect, useRef, type ReactNode } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { Busy } from './Busy.tsx';
import { ThemeChoice } from './ThemeChoice.tsx';

export function Header(): ReactNode {
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // Only inside of the line: the page itself must not move.
    const current = tabs.current?.querySelector<HTMLElement>(`[href='${pathname}']`);
    if (current) tabs.current?.scrollTo({ left: current.offsetLeft - tabs.current.offsetLeft - 48 });
  }, [pathname]);
  return (
    <header className="top">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Link className="brand" to="/transfer">
        <Icon name="mark" />
        <span>use-cancelable</span>
      </Link>
      <nav ref={tabs} className="tabs" aria-label="Pages">
        <NavLink to="/transfer">Transfer</NavLink>
        <NavLink to="/search">Search</NavLink>
        <NavLink to="/pipeline">Pipeline</NavLink>
        <NavLink to="/policies">Policies</NavLink>
        <NavLink to="/form">Form</NavLink>
        <NavLink to="/suspense">Suspense</NavLink>
        <NavLink to="/tabs">Tabs</NavLink>
        <NavLink to="/chat">Chat</NavLink>
      </nav>
      <Busy />
      <ThemeChoice />
    </header>
  );
}
