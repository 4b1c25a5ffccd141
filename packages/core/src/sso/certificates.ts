import { X509Certificate } from "node:crypto";
import { badField } from "../kernel/http/api-error.ts";

/**
 * A certificate as administrators paste it, PEM or bare base64, as PEM.
 * @throws ApiError 400 naming the field
 */
export function readCertificate(sent: string, field: string): string {
	const bare = sent.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "").replace(/\s/g, "");
	const lines = bare.match(/.{1,64}/g) ?? [];
	const pem = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
	try {
		if (!/^[A-Za-z0-9+/]+=*$/.test(bare)) throw new Error("no base64");
		return new X509Certificate(pem).toString();
	} catch {
		throw badField(field, "That is no certificate: paste all of it, from BEGIN CERTIFICATE to END CERTIFICATE.");
	}
}

/** What of a certificate tells people which one it is. */
export function certificateFacts(pem: string): { subject: string; validTo: string; fingerprint: string } {
	const { subject, validTo, fingerprint256 } = new X509Certificate(pem);
	return {
		subject: subject.replaceAll("\n", ", "),
		validTo: new Date(validTo).toISOString(),
		fingerprint: fingerprint256,
	};
}
