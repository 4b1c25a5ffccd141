import type { LightMyRequestResponse } from "fastify";
import type { TestPeople } from "../../test-support/test-people.ts";

/** A browser that goes to and fro between this server and a provider, each with its own cookies. */
export class TestBrowser {
	readonly #people: TestPeople;
	readonly #address: string;
	readonly #cookies = new Map<string, Map<string, string>>();

	constructor(people: TestPeople, address = "203.0.113.7") {
		this.#people = people;
		this.#address = address;
	}

	/** Asks this server. */
	async inlay(
		path: string,
		options: { form?: Record<string, string>; headers?: Record<string, string> } = {},
	): Promise<LightMyRequestResponse> {
		const { form } = options;
		const answer = await this.#people.http.inject({
			method: form ? "POST" : "GET",
			url: path,
			remoteAddress: this.#address,
			headers: {
				cookie: this.#cookiesOf("inlay"),
				...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
				...options.headers,
			},
			...(form ? { payload: new URLSearchParams(form).toString() } : {}),
		});
		this.#keep("inlay", [answer.headers["set-cookie"] ?? []].flat());
		return answer;
	}

	/** Follows the provider's redirects until one leads back to this server. @returns the path and query there */
	async provider(address: string): Promise<string> {
		const { publicUrl } = this.#people.kernel.config;
		let next = new URL(address);
		for (let step = 0; step < 12; step++) {
			if (next.origin === publicUrl) return `${next.pathname}${next.search}`;
			const answer = await fetch(next, { redirect: "manual", headers: { cookie: this.#cookiesOf(next.host) } });
			this.#keep(next.host, answer.headers.getSetCookie());
			const location = answer.headers.get("location");
			if (!location) throw new Error(`The provider has answered ${answer.status}: ${await answer.text()}`);
			next = new URL(location, next);
		}
		throw new Error("The provider leads nowhere.");
	}

	/** What it sends to this server as `Cookie`. */
	cookies(): string {
		return this.#cookiesOf("inlay");
	}

	/** Somebody has copied what another browser keeps of this server. */
	takeCookiesOf(other: TestBrowser): void {
		this.#cookies.set("inlay", new Map(other.#cookies.get("inlay")));
	}

	#cookiesOf(host: string): string {
		return [...(this.#cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
	}

	#keep(host: string, set: readonly string[]): void {
		const kept = this.#cookies.get(host) ?? new Map<string, string>();
		this.#cookies.set(host, kept);
		for (const cookie of set) {
			const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) kept.delete(name);
			else kept.set(name, value);
		}
	}
}
