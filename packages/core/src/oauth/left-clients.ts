import type { Authorization } from "../authorization/authorization.ts";
import { actorOfGiver } from "../authorization/judge.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import type { User } from "../users/model.ts";
import type { Users } from "../users/users.ts";
import { postgresClientStore } from "./client-store.ts";
import { clientLeft } from "./events.ts";
import type { OAuthClient } from "./model.ts";

/** A program in use, and the user who was shown the secret that it signs in with. */
export interface KnownClient {
	client: OAuthClient;
	knownTo: User;
	/** It holds something that its user does not, who could do by it what they may not. */
	holdsMore: boolean;
}

/** Why administrators are told of a program: its user is gone, or holds less than it does. */
export type Leaving = "ended" | "rights";

export interface LeftClientsDeps {
	users: Pick<Users, "find" | "onEnded">;
	authorization: Pick<Authorization, "holdings" | "watchRights">;
}

/**
 * Programs outlive whoever made them, and their rights: a client with client credentials goes on with its roles when the
 * user who knows its secret is deactivated or deleted, loses a right that it holds, or never had what it is given; to end it
 * would stop what others rely on. That user could still act as the client, so administrators are told, until somebody who
 * holds all of it has a new secret made, or disables it (docs/security.md).
 */
export function createLeftClients(kernel: Kernel, { users, authorization }: LeftClientsDeps) {
	const { database, operators, events } = kernel;
	const store = postgresClientStore;

	users.onEnded(async (trx, userId, actor) => tell(trx, await store.knownPrograms(trx, userId), "ended", actor));

	authorization.watchRights(async (trx, by) => {
		const before = new Set((await stronger(trx)).map(markOf));
		return async () => {
			const left = (await stronger(trx)).filter((client) => !before.has(markOf(client)));
			return tell(trx, left, "rights", actorOfGiver(by));
		};
	});

	/** Programs that hold what the one who knows their secret does not, whether or not that user is active. */
	async function stronger(db: Db, programs?: readonly OAuthClient[]): Promise<OAuthClient[]> {
		const pairs = (programs ?? (await store.knownPrograms(db))).flatMap((client) =>
			client.secretShownTo ? [{ client, subjectId: client.secretShownTo, otherId: client.id }] : [],
		);
		return (await authorization.holdings.stronger(db, pairs)).map(({ client }) => client);
	}

	async function tell(trx: Trx, clients: readonly OAuthClient[], because: Leaving, actor: Actor | undefined) {
		const active = because === "rights" ? await stillActive(trx, clients) : clients;
		await events.append(
			trx,
			active.map((client) => clientLeft(client, because, actor)),
		);
		return () => {
			for (const { id, name, secretShownTo } of active)
				operators.warn(
					{ event: "client.left", clientId: id, name, knownTo: secretShownTo, because, ...by(actor?.userId) },
					texts[because],
				);
		};
	}

	/** Of a user who has gone it was told when they went. */
	async function stillActive(trx: Trx, clients: readonly OAuthClient[]): Promise<OAuthClient[]> {
		const known = await withUsers(clients, trx);
		return known.filter(({ knownTo }) => knownTo.state === "active").map(({ client }) => client);
	}

	async function withUsers(clients: readonly OAuthClient[], db?: Db) {
		const ids = [...new Set(clients.flatMap(({ secretShownTo }) => secretShownTo ?? []))];
		const found = new Map((await users.find(ids, db)).map((user) => [user.id, user]));
		return clients.flatMap((client) => {
			const knownTo = found.get(client.secretShownTo ?? "");
			return knownTo ? [{ client, knownTo }] : [];
		});
	}

	async function judged(clients: readonly OAuthClient[]): Promise<KnownClient[]> {
		const more = new Set(await stronger(database.db, clients));
		return (await withUsers(clients)).map((one) => ({ ...one, holdsMore: more.has(one.client) }));
	}

	return {
		/** The programs in use whose secret a user was shown. */
		knownTo: async (userId: string) => judged(await store.knownPrograms(database.db, userId)),
		/** Those whose user is no longer active, or holds less than they do. */
		async left(): Promise<KnownClient[]> {
			const known = await judged(await store.knownPrograms(database.db));
			return known.filter(({ knownTo, holdsMore }) => knownTo.state !== "active" || holdsMore);
		},
	};
}

export type LeftClients = ReturnType<typeof createLeftClients>;

const texts: Record<Leaving, string> = {
	ended: "a program goes on whose secret is known to a user who is no longer active: make a new one, or disable it",
	rights: "a program holds what the user who knows its secret does not: make a new one, or disable it",
};

function markOf({ id, secretShownTo }: OAuthClient): string {
	return `${id} ${secretShownTo}`;
}

function by(userId: string | undefined) {
	return userId ? { userId } : {};
}
