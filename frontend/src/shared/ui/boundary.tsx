import { Component, type ReactNode } from "react";

interface BoundaryProps {
  /** Shown instead, such as the same as text. */
  fallback: ReactNode;
  children: ReactNode;
}

/** Shows something else when what is inside cannot be drawn or fetched, so that one picture never takes the page down. */
export class Boundary extends Component<BoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
