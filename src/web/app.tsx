import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Route, Routes } from 'react-router';
import { identityLines } from '../contract/identity.ts';
import { ApiProblem, ask, whenSignedOut } from './api.ts';
import { LoadingState } from './parts/loading-state.tsx';
import { ProblemNote } from './parts/problem-note.tsx';
import { FirstStartRoom } from './rooms/first-start/first-start-room.tsx';
import { SignInRoom } from './rooms/sign-in/sign-in-room.tsx';
import { MeProvider, meKey, welcome } from './session.tsx';
import { CrashNote } from './shell/crash-note.tsx';
import { Shell } from './shell/shell.tsx';
import { theme, tokensForMantine } from './styles/theme.ts';

/** Once in a person's time here: not worth waiting for on every first screen. */
const GivenPassword = lazy(async () => ({
  default: (await import('./rooms/account/given-password.tsx')).GivenPassword,
}));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal is an answer: asking again gets the same one. Only silence on the line is worth a second try.
      retry: (failures, cause) => failures < 2 && cause instanceof ApiProblem && cause.code === 'offline',
      // The house stands on the same network as the desk: what the browser thinks of the internet says nothing about it.
      networkMode: 'always',
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokensForMantine} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <CrashNote>
          <BrowserRouter>
            <Routes>
              <Route path="/khoi-dau" element={<FirstStartRoom />} />
              <Route path="*" element={<Door />} />
            </Routes>
          </BrowserRouter>
        </CrashNote>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Signed in or not: the address stays what it was, so that signing in again leads back to the work. */
function Door() {
  const client = useQueryClient();
  const { t } = useTranslation();
  const [ended, setEnded] = useState(false);
  useEffect(
    () =>
      whenSignedOut(() => {
        if (client.getQueryData(meKey)) setEnded(true);
        client.setQueryData(meKey, null);
        client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
      }),
    [client],
  );
  const me = useQuery({
    queryKey: meKey,
    queryFn: async ({ signal }) => {
      try {
        return welcome(await ask(identityLines.me, { signal }));
      } catch (cause) {
        if (cause instanceof ApiProblem && cause.code === 'not-signed-in') return null;
        throw cause;
      }
    },
    staleTime: 60_000,
  });
  if (me.data) {
    return (
      <MeProvider value={me.data}>
        {me.data.passwordIsGiven ? (
          <Suspense fallback={<LoadingState />}>
            <GivenPassword />
          </Suspense>
        ) : (
          <Shell />
        )}
      </MeProvider>
    );
  }
  if (me.data === null) return <SignInRoom ended={ended} />;
  return (
    <main style={{ display: 'grid', placeItems: 'center', height: '100%', padding: 24 }}>
      {me.isError ? (
        <ProblemNote problem={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <LoadingState label={t('loading')} />
      )}
    </main>
  );
}
