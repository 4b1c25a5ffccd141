/** Sign-in of a person at a terminal: by their browser, with PKCE and a redirect to this machine (RFC 8252). */
import { createServer, type Server } from "node:http";
import { challengeOf, randomToken } from "@inlay/contract";
import { StartError } from "@inlay/core/config/start-error";
import type { Address } from "./address.ts";
import { tokenOf } from "./sign-in.ts";

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
	const code = codeAt(state);
	ports.say(`Sign in with your browser:\n${url.href}`);
	const form = { grant_type: "authorization_code", code: await code, redirect_uri: redirectUri };
	const answer = await fetch(new URL("/oauth/token", address.login), {
		method: "POST",
		body: new URLSearchParams({ ...form, client_id: clientId, code_verifier: verifier }),
		redirect: "error",
	});
	return tokenOf(answer);
}

/** @param state what the answer has to bring back: another page's is none */
function codeAt(state: string): Promise<string> {
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
		server.on("error", reject);
		server.listen(port, "127.0.0.1");
		function end(then: () => void) {
			clearTimeout(timer);
			server.close();
			server.closeAllConnections();
			then();
		}
	});
}
