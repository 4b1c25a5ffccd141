import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import type { TestBrowser } from "./browser.ts";
import { clientId, clientSecret, type Known, type OidcIdp, startOidcIdp } from "./oidc-idp.ts";
import { SsoScene, ssoScene } from "./scene.ts";

/** A server beside npm's `oidc-provider`, by which people sign in. @param logoutUri where the provider tells who has signed out */
export async function oidcScene(logoutUri?: string): Promise<OidcScene> {
	const scene = await ssoScene();
	const { publicUrl } = scene.people.kernel.config;
	const [callback, signedOut] = [`${publicUrl}/oauth/sso/callback`, `${publicUrl}/oauth/sso/signed-out`];
	const idp = await startOidcIdp([callback], [signedOut], logoutUri);
	const provider = await scene.addProvider(trustIn(idp));
	return new OidcScene(scene, idp, provider);
}

const claims = { address: "email", name: "name", groups: "groups" };
const untouched = { enabled: true, shown: true, createsPeople: false, gifts: [], allowedGroups: [], claims };

function trustIn({ issuer }: OidcIdp, change: object = {}) {
	const oidc = { issuer, clientId, clientSecret, acceptsUnmarkedAddresses: false, endsSession: false };
	return { oidc: { ...oidc, ...change }, claims };
}

export class OidcScene extends SsoScene {
	readonly idp: OidcIdp;
	readonly provider: { id: string; name: string };

	constructor(scene: SsoScene, idp: OidcIdp, provider: { id: string; name: string }) {
		super(scene);
		this.idp = idp;
		this.provider = provider;
	}

	/** What a provider of this server's says of the other one. */
	trusted(change: object = {}) {
		return trustIn(this.idp, change);
	}

	/** Changes the provider itself. */
	change(body: object) {
		return this.changeProvider(this.provider.id, body);
	}

	/** As it was before all tests. */
	async reset(): Promise<void> {
		delete this.idp.meddling.answer;
		await this.change({ ...untouched, oidc: this.trusted().oidc });
		this.lines.length = 0;
	}

	/** A new browser's first step to the provider, whatever comes of it. */
	leave(change: Record<string, string> = {}, browser = this.browser()): Promise<LightMyRequestResponse> {
		return browser.inlay(this.authorizePath({ provider: this.provider.name, ...change }));
	}

	/** From the sign-in page to the provider, and with its answer to where it leads. */
	async away(browser: TestBrowser, change: Record<string, string> = {}): Promise<string> {
		const answer = await this.leave(change, browser);
		expect(answer.statusCode, answer.body).toBe(302);
		return browser.provider(String(answer.headers.location));
	}

	async signIn(person: Known | undefined, browser = this.browser()): Promise<LightMyRequestResponse> {
		this.idp.be(person);
		return browser.inlay(await this.away(browser));
	}

	async close(): Promise<void> {
		await this.idp.close();
		await this.people.close();
	}
}

let subjects = 0;

/** Another person of the provider. */
export function known(email: string, more: Record<string, unknown> = {}): Known {
	return { sub: `sub-${++subjects}`, email, email_verified: true, name: "Ada Agent", groups: [], ...more };
}

export const expectIn = (answer: LightMyRequestResponse) =>
	expect([answer.statusCode, String(answer.headers.location).slice(0, 28)], answer.body).toEqual([
		303,
		"https://crm.example/cb?code=",
	]);
