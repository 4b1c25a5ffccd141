import { createHash } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { OAuthClient } from "../../oauth/model.ts";
import { seedClient } from "../../oauth/seed.ts";
import { createGivers, type Giver, type Givers } from "../../test-support/givers.ts";
import { keptLog } from "../../test-support/log-lines.ts";
import { type TestPeople, testPeople } from "../../test-support/test-people.ts";
import type { User } from "../../users/model.ts";
import { TestBrowser } from "./browser.ts";

const redirectUri = "https://crm.example/cb";
const challenge = createHash("sha256").update("v".repeat(43)).digest("base64url");

/** A server with an administrator and a client, for signing in by providers. Its clock goes by the true time. */
export async function ssoScene() {
	const { log, lines } = keptLog();
	const people = await testPeople({ log });
	const { clock } = people.kernel;
	clock.step(Date.now() - clock.now().getTime());
	const givers = await createGivers(people);
	const admin = await givers.person([[["*:*:*"], "*"]]);
	const { client } = await seedClient(people, {
		name: "Panel",
		grant: "CODE",
		redirectUris: [redirectUri],
		scopes: ["users"],
	});
	return new SsoScene({ people, givers, admin, client, lines });
}

let count = 0;

export class SsoScene {
	readonly people: TestPeople;
	readonly givers: Givers;
	readonly admin: Giver;
	readonly client: OAuthClient;
	readonly lines: Record<string, unknown>[];

	constructor(parts: Pick<SsoScene, "people" | "givers" | "admin" | "client" | "lines">) {
		this.people = parts.people;
		this.givers = parts.givers;
		this.admin = parts.admin;
		this.client = parts.client;
		this.lines = parts.lines;
	}

	/** A browser at an address of its own: what one address is told singly is bounded. */
	browser(): TestBrowser {
		return new TestBrowser(this.people, `203.0.113.${++count % 250}`);
	}

	/** Somebody with an account and no password. */
	person(email = `person${++count}@acme.example`, name = `Person ${count}`): Promise<User> {
		return this.people.users.create({ name, email });
	}

	async addProvider(body: object): Promise<{ id: string; version: number; name: string } & Record<string, unknown>> {
		const name = `idp-${++count}`;
		const made = await this.admin.call("POST", "/api/inlay/v1/identity-providers", {
			...{ name, label: `Provider ${count}`, enabled: true },
			...body,
		});
		if (made.statusCode !== 200) throw new Error(made.body);
		return made.json();
	}

	changeProvider(id: string, body: object) {
		return this.admin.call("PUT", `/api/inlay/v1/identity-providers/${id}`, body);
	}

	/** The path under which a client has people sign in. */
	authorizePath(change: Record<string, string> = {}): string {
		const query = new URLSearchParams({
			client_id: this.client.id,
			redirect_uri: redirectUri,
			response_type: "code",
			code_challenge: challenge,
			code_challenge_method: "S256",
			...change,
		});
		return `/oauth/authorize?${query}`;
	}

	/** Exchanges what a sign-in has brought. */
	async tokenOf(answer: LightMyRequestResponse): Promise<Record<string, string>> {
		const code = URL.parse(String(answer.headers.location))?.searchParams.get("code");
		if (!code) throw new Error(`Nobody was let in: ${alertOf(answer)} ${JSON.stringify(this.refused())}`);
		const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: "v".repeat(43) };
		return this.token(fields);
	}

	async token(fields: Record<string, string>): Promise<Record<string, string>> {
		const answer = await this.people.http.inject({
			method: "POST",
			url: "/oauth/token",
			headers: { "content-type": "application/x-www-form-urlencoded" },
			payload: new URLSearchParams({ client_id: this.client.id, ...fields }).toString(),
		});
		return answer.json();
	}

	/** Who a sign-in has let in. */
	async userOf(answer: LightMyRequestResponse): Promise<User> {
		const { access_token: token = "" } = await this.tokenOf(answer);
		const principal = await this.people.oauth.authenticate(token);
		return this.people.users.get(principal?.userId ?? "");
	}

	/** What operators were told of refusals since `lines` was emptied. */
	refused(): Array<Record<string, unknown>> {
		return this.lines.filter((line) => line.event === "sign-in.refused");
	}
}

/** What a page says. */
export function alertOf({ body }: LightMyRequestResponse): string {
	return /role="alert"[^>]*>([^<]+)</.exec(body)?.[1] ?? "";
}
