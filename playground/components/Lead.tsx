import { type ReactNode, useEffect, useRef } from 'react';
import { NavigationType, useNavigationType } from 'react-router';

/** Title and first words of a page. After a click on a tab the title takes the focus, so that screen readers say where one is. */
export function Lead({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const navigation = useNavigationType();
  useEffect(() => {
    if (navigation === NavigationType.Push) heading.current?.focus({ preventScroll: true });
  }, [navigation]);
  return (
    <div className="lead">
      <title>{`${title} · use-cancelable playground`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{children}</p>
    </div>
  );
}
