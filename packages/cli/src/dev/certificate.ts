/** What a server for `https://localhost` opens with: the PEM files that mkcert and openssl make. */
import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { StartError } from "@inlay/core/config/start-error";

/** In PEM. */
export interface Certificate {
	cert: string;
	key: string;
}

/** Rejects with StartError naming the flag whose file is of no use. */
export async function readCertificate(certFile: string, keyFile: string): Promise<Certificate> {
	const cert = await read(certFile, "--https-cert");
	const key = await read(keyFile, "--https-key");
	try {
		createSecureContext({ cert, key });
	} catch (error) {
		throw unusable("--https-cert and --https-key", (error as Error).message);
	}
	return { cert, key };
}

async function read(file: string, flag: string): Promise<string> {
	return readFile(file, "utf8").catch((error: Error) => {
		throw unusable(flag, error.message);
	});
}

function unusable(flag: string, why: string): StartError {
	return new StartError(
		"config.invalid",
		`${flag}: no server can be opened with that (${why}). Name a certificate for localhost and its key, in PEM: mkcert localhost makes both.`,
	);
}
