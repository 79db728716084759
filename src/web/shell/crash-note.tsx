import { Button } from '@mantine/core';
import i18next from 'i18next';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '../parts/empty-state.tsx';

interface Props {
  readonly children: ReactNode;
  /** A new value gives the room another try: the address, where there is one. */
  readonly place?: string;
}

/** A room that throws while drawing leaves a sentence and a way on, not a white page. */
export class CrashNote extends Component<Props, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.crashed && before.place !== this.props.place) this.setState({ crashed: false });
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children;
    return (
      <div role="alert">
        <EmptyState heading what={i18next.t('crashed.what')} why={i18next.t('crashed.why')}>
          <Button onClick={() => window.location.reload()}>{i18next.t('crashed.again')}</Button>
        </EmptyState>
      </div>
    );
  }
}
