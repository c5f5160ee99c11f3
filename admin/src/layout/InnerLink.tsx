/** A link to another page of the admin, which keeps the session and the admin's own base path. */
import type { ReactNode } from 'react';
import { Link, LinkButton } from '@strapi/design-system';
import { Link as RouterLink } from 'react-router-dom';

interface Props {
  to: string;
  /** When the visible word alone would not say where it leads. */
  label?: string;
  children: ReactNode;
}

export function InnerLink({ to, label, children }: Props) {
  return (
    <Link tag={RouterLink} to={to} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </Link>
  );
}

interface ButtonProps extends Props {
  startIcon?: JSX.Element;
  variant?: 'default' | 'secondary' | 'tertiary';
}

export function InnerLinkButton({ to, label, startIcon, variant = 'default', children }: ButtonProps) {
  return (
    <LinkButton
      tag={RouterLink}
      to={to}
      variant={variant}
      startIcon={startIcon}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </LinkButton>
  );
}
