/**
 * Sign-in as a browser does it: the sign-in page, its form, the code, the token (PKCE), then the first answer of
 * `users/me`. The password's argon2 hash is most of it, and is meant to be.
 */

import { startTestInlay, type TestInlay } from "../e2e/support/inlay.ts";
import { signIn } from "../e2e/support/sign-in.ts";
import type { Progress } from "./benches.ts";
import { percentileRows, type Row } from "./support/row.ts";

const TIMES = 20;

/** Takes about ten seconds. */
export async function benchSignIn(progress: Progress): Promise<Row[]> {
	const inlay = await startTestInlay({ env: { INLAY_RATE_LIMIT: "0" } });
	try {
		progress(`${TIMES} sign-ins`);
		const samples: number[] = [];
		for (let i = 0; i < TIMES; i++) samples.push(await timedSignIn(inlay));
		return percentileRows("sign-in, page → form → token → users/me", samples, { p50: undefined, p95: undefined });
	} finally {
		await inlay.stop();
	}
}

async function timedSignIn({ baseUrl, demo }: TestInlay): Promise<number> {
	const startedAt = performance.now();
	const { username, password } = demo.users.agent;
	const redirectUri = `${demo.panel}/crm/index.html`;
	const token = await signIn({
		baseUrl,
		clientId: demo.clients.panel.id,
		grant: "code",
		redirectUri,
		username,
		password,
	});
	const me = await fetch(`${baseUrl}/api/v2/users/me`, { headers: { authorization: `Bearer ${token}` } });
	const { id } = (await me.json()) as { id: string };
	if (id !== demo.users.agent.id) throw new Error(`users/me answered ${me.status} after the sign-in.`);
	return performance.now() - startedAt;
}
