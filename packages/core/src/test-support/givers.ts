import { scopes } from "@inlay/contract";
import type { User } from "../users/model.ts";
import type { TestPeople } from "./test-people.ts";

/** Permissions and where they hold: a division's id, or `*`. */
export type Rights = ReadonlyArray<readonly [permissions: readonly string[], divisionId: string]>;

export interface Giver {
	user: User;
	token: string;
	/** Calls the API as this person; a path without a slash before it stands under `/api/v2/`. */
	call(method: string, path: string, body?: unknown, headers?: Record<string, string>): CallAnswer;
}

export type CallAnswer = ReturnType<TestPeople["call"]>;

/** People who hold exactly what a test says, signed in with every scope. */
export async function createGivers(people: TestPeople) {
	let count = 0;
	const client = await people.oauth.clients.create("server", {
		name: "Everything",
		authorizedGrantType: "CODE",
		registeredRedirectUri: ["https://givers.example/"],
		scope: scopes.map((scope) => scope.id),
	});

	/** A role with these permissions that nobody holds yet. */
	async function role(...permissions: string[]): Promise<string> {
		return (await people.authorization.seedRole({ name: `Role ${++count}`, description: "", permissions })).id;
	}

	async function division(): Promise<string> {
		return (await people.authorization.divisions.create({ name: `Division ${++count}`, description: "" })).id;
	}

	/** A person in a division, the home division by default, who holds these rights. */
	async function person(rights: Rights, divisionId?: string): Promise<Giver> {
		const number = ++count;
		const user = await people.users.create({
			name: `Person ${number}`,
			email: `p${number}@givers.example`,
			...(divisionId ? { divisionId } : {}),
		});
		// Some password, as hashing one for each person of a test takes its time.
		await people.kernel.database.db
			.insertInto("credentials")
			.values({ user_id: user.id, password_hash: "of a password that nobody knows" })
			.onConflict((conflict) =>
				conflict.column("user_id").doUpdateSet({ password_hash: "of a password that nobody knows" }),
			)
			.execute();
		for (const [permissions, where] of rights) {
			await people.authorization.grant(user.id, await role(...permissions), where);
		}
		const { accessToken: token } = await people.oauth.issueToken({ clientId: client.client.id, userId: user.id });
		return {
			user,
			token,
			call: (method, path, body, headers) =>
				people.call(method, path.startsWith("/") ? path : `/api/v2/${path}`, {
					token,
					...(body === undefined ? {} : { body }),
					...(headers ? { headers } : {}),
				}),
		};
	}

	/** What somebody or something holds, as `permission@division`, sorted. */
	async function held(subjectId: string): Promise<string[]> {
		const grants = await people.authorization.grantsOf(subjectId);
		return grants
			.flatMap(({ permission, divisions }) =>
				(divisions === "all" ? ["*"] : [...divisions]).map((where) => `${permission}@${where}`),
			)
			.sort();
	}

	return { role, division, person, held };
}

export type Givers = Awaited<ReturnType<typeof createGivers>>;
