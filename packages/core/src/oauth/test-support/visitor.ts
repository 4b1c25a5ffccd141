import { createHash } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import type { TestPeople } from "../../test-support/test-people.ts";

const challenge = createHash("sha256").update("v".repeat(43)).digest("base64url");

/** Somebody at the sign-in pages: sends the form of the page before, and keeps the device's cookie as a browser does. */
export class Visitor {
	readonly #people: TestPeople;
	readonly #query: URLSearchParams;
	readonly #address: string;
	#ticket = "";
	/** The cookies as the browser sends them; empty until a sign-in brings some. */
	cookie = "";

	constructor(people: TestPeople, client: { clientId: string; redirectUri: string }, address = "203.0.113.1") {
		this.#people = people;
		this.#address = address;
		this.#query = new URLSearchParams({
			client_id: client.clientId,
			redirect_uri: client.redirectUri,
			response_type: "code",
			code_challenge: challenge,
			code_challenge_method: "S256",
		});
	}

	async open(): Promise<LightMyRequestResponse> {
		return this.#keep(
			await this.#people.http.inject({ url: `/oauth/authorize?${this.#query}`, remoteAddress: this.#address }),
		);
	}

	/** Opens the page and sends name and password. */
	async signIn(username: string, password: string): Promise<LightMyRequestResponse> {
		await this.open();
		return this.send({ username, password });
	}

	/** Sends the form of the page that was shown last, or of the one that `ticket` is from. */
	async send(fields: Record<string, string>, ticket = this.#ticket): Promise<LightMyRequestResponse> {
		return this.#keep(
			await this.#people.http.inject({
				method: "POST",
				url: "/oauth/authorize",
				remoteAddress: this.#address,
				headers: {
					"content-type": "application/x-www-form-urlencoded",
					...(this.cookie ? { cookie: this.cookie } : {}),
				},
				payload: new URLSearchParams({ ...fields, ticket }).toString(),
			}),
		);
	}

	/** Ticket of the page that was shown last. */
	get ticket(): string {
		return this.#ticket;
	}

	#keep(answer: LightMyRequestResponse): LightMyRequestResponse {
		this.#ticket = /name="ticket" value="([^"]+)"/.exec(answer.body)?.[1] ?? this.#ticket;
		const set = [answer.headers["set-cookie"] ?? []].flat().map((cookie) => cookie.split(";")[0] ?? "");
		const kept = this.cookie.split("; ").filter((cookie) => !set.some((one) => nameOf(one) === nameOf(cookie)));
		this.cookie = [...kept, ...set].filter((cookie) => cookie !== "").join("; ");
		return answer;
	}
}

function nameOf(cookie: string): string {
	return cookie.split("=")[0] ?? "";
}

/** Heading of a page. */
export function headingOf(answer: LightMyRequestResponse): string {
	return /<h1>([^<]+)<\/h1>/.exec(answer.body)?.[1] ?? "";
}

/** What a page says went wrong. */
export function problemOf(answer: LightMyRequestResponse): string {
	return /id="problem">([^<]+)</.exec(answer.body)?.[1] ?? "";
}
