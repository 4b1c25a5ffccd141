/** Sign-in of a person at a terminal: by their browser, with PKCE and a redirect to this machine (RFC 8252). */
import { createServer, type Server } from "node:http";
import { challengeOf, randomToken } from "@inlay/contract";
import { StartError } from "@inlay/core/config/start-error";
import type { Address } from "./address.ts";
import { askToken } from "./ask-token.ts";

export interface BrowserPorts {
	isTerminal: boolean;
	/** Tells the address to open. */
	say(text: string): void;
}

/** The client has to have it among its redirect URIs, to the letter. */
const port = 8765;
const redirectUri = `http://localhost:${port}/`;
const patienceMs = 180_000;

export async function signInByBrowser(address: Address, clientId: string, ports: BrowserPorts): Promise<string> {
	const [state, verifier] = [randomToken(24), randomToken()];
	const url = new URL("/oauth/authorize", address.login);
	const asked = { client_id: clientId, response_type: "code", redirect_uri: redirectUri, state };
	const pkce = { code_challenge: await challengeOf(verifier), code_challenge_method: "S256" };
	url.search = new URLSearchParams({ ...asked, ...pkce }).toString();
	const code = await codeAt(state, () => ports.say(`Sign in with your browser:\n${url.href}`));
	const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
	return askToken(address, { ...form, client_id: clientId, code_verifier: verifier });
}

/**
 * @param state what the answer has to bring back: another page's is none
 * @param listening called once the answer can come
 */
function codeAt(state: string, listening: () => void): Promise<string> {
	return new Promise((resolve, reject) => {
		const server: Server = createServer((request, response) => {
			const { searchParams } = new URL(request.url ?? "/", redirectUri);
			response.setHeader("content-type", "text/plain; charset=utf-8");
			if (searchParams.get("state") !== state) {
				response.writeHead(404).end("This is not the sign-in that was begun.");
				return;
			}
			const code = searchParams.get("code");
			response.end(code ? "You are signed in. Go back to the terminal." : "The sign-in was refused.");
			if (code) end(() => resolve(code));
			else
				end(() => reject(new StartError("config.invalid", `The sign-in was refused: ${searchParams.get("error")}.`)));
		});
		const timer = setTimeout(
			() => end(() => reject(new StartError("config.invalid", "Nobody has signed in within three minutes."))),
			patienceMs,
		);
		server.on("error", (error) => {
			clearTimeout(timer);
			const text = `Your browser would bring the sign-in's answer to port ${port} of this machine, and nothing can listen there (${error.message}). End what does, or set INLAY_CLIENT_SECRET or INLAY_TOKEN.`;
			reject(new StartError("port.taken", text));
		});
		server.listen(port, "127.0.0.1", listening);
		function end(then: () => void) {
			clearTimeout(timer);
			server.close();
			server.closeAllConnections();
			then();
		}
	});
}
