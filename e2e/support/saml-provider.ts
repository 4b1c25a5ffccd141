import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerOf, type Otherwise, type SamlPerson, samlIssuer } from "@inlay/core/test-support/saml-idp";
import { samlKeys } from "@inlay/core/test-support/saml-keys";

/** What a provider reads in the metadata that its administrator was given. */
interface Metadata {
	entityId: string;
	acsUrl: string;
}

/**
 * npm's `samlp` behind pages of its own, at another site than the server's: whoever is sent there signs in with a button, or
 * with one that has the answer signed by somebody else.
 */
export async function startSamlProvider(person: () => SamlPerson) {
	let known: Metadata | undefined;
	const server = createServer((request, response) => {
		answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? "/", origin);
		if (!known || url.pathname !== "/login") return void response.writeHead(404).end();
		response.setHeader("content-type", "text/html; charset=utf-8");
		const forms = [
			await formOf("Sign in at Acme", known.acsUrl, url.href, {}),
			await formOf("Be somebody else", known.acsUrl, url.href, { signedBy: samlKeys.second }),
		];
		response.end(`<!doctype html><title>Acme</title>${forms.join("")}`);
	}

	async function formOf(name: string, acsUrl: string, asked: string, otherwise: Otherwise): Promise<string> {
		const sent = await answerOf(asked, person(), { audience: known?.entityId ?? "", recipient: acsUrl, ...otherwise });
		const fields = Object.entries(sent).map(
			([field, value]) => `<input type="hidden" name="${field}" value="${value.replaceAll('"', "&quot;")}">`,
		);
		return `<form method="post" action="${acsUrl}">${fields.join("")}<button>${name}</button></form>`;
	}

	return {
		entityId: samlIssuer,
		signInUrl: `${origin}/login`,
		certificate: samlKeys.first.certificate,
		/** The provider's administrator gives it the address of the metadata. */
		async learn(metadataUrl: string): Promise<string> {
			const answer = await fetch(metadataUrl);
			const xml = await answer.text();
			known = { entityId: attribute(xml, "entityID"), acsUrl: attribute(xml, "Location") };
			return answer.headers.get("content-type") ?? "";
		},
		async stop(): Promise<void> {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function attribute(xml: string, name: string): string {
	const found = new RegExp(`\\b${name}="([^"]+)"`).exec(xml)?.[1];
	if (!found) throw new Error(`The metadata have no ${name}: ${xml}`);
	return found;
}
