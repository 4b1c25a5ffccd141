import type { Kernel } from "../kernel/domain.ts";
import type { User } from "../users/model.ts";
import type { Users } from "../users/users.ts";
import { postgresClientStore } from "./client-store.ts";
import type { OAuthClient } from "./model.ts";

/** A program in use, and the user who was shown the secret that it signs in with. */
export interface KnownClient {
	client: OAuthClient;
	knownTo: User;
}

/**
 * Programs outlive whoever made them: a client with client credentials goes on with its roles when the user who knows its
 * secret is deactivated or deleted, as to end it would stop what others rely on. That user could still act as the client, so
 * administrators are told, until somebody else has a new secret made or disables it (docs/security.md).
 */
export function createLeftClients(kernel: Kernel, users: Pick<Users, "find" | "onEnded">) {
	const { database, operators } = kernel;
	const store = postgresClientStore;

	users.onEnded(async (trx, userId, actor) => {
		const clients = await store.knownPrograms(trx, userId);
		const lines = clients.map(({ id, name }) => ({ clientId: id, name, knownTo: userId, ...by(actor.userId) }));
		return () => {
			for (const line of lines) operators.warn({ event: "client.left", ...line }, leftText);
		};
	});

	async function withUsers(clients: readonly OAuthClient[]): Promise<KnownClient[]> {
		const ids = [...new Set(clients.flatMap(({ secretShownTo }) => secretShownTo ?? []))];
		const found = new Map((await users.find(ids)).map((user) => [user.id, user]));
		return clients.flatMap((client) => {
			const knownTo = found.get(client.secretShownTo ?? "");
			return knownTo ? [{ client, knownTo }] : [];
		});
	}

	return {
		/** The programs in use whose secret a user was shown. */
		knownTo: async (userId: string) => withUsers(await store.knownPrograms(database.db, userId)),
		/** Those of them whose user is no longer active. */
		async left(): Promise<KnownClient[]> {
			const known = await withUsers(await store.knownPrograms(database.db));
			return known.filter(({ knownTo }) => knownTo.state !== "active");
		},
	};
}

export type LeftClients = ReturnType<typeof createLeftClients>;

const leftText =
	"a program goes on whose secret is known to a user who is no longer active: make a new one, or disable it";

function by(userId: string | undefined) {
	return userId ? { userId } : {};
}
