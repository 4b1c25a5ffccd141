import { badField } from "../../kernel/http/api-error.ts";
import { refuseMixedScripts } from "../../kernel/names.ts";

/** What people type to sign in, as it is kept: nobody's looks like another's. */

/** @throws ApiError 400 naming `username` */
export function readUsername(username: string): string {
	// Letters that only look different are the same name: a look-alike must not stand beside its model.
	const name = username.normalize("NFKC").trim();
	if (name === "" || name.length > 254) throw badField("username", "username must have 1 to 254 characters.");
	if (/[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(name)) {
		throw badField("username", "username must have no spaces, control or invisible characters.");
	}
	if (name.includes("@")) refuseOtherSpelling(name, "username");
	refuseMixedScripts(name, "username");
	return name;
}

/**
 * Only what surely is no address is refused: whether it is one, only a mail can tell.
 * @throws ApiError 400 naming `email`
 */
export function readEmail(email: string): string {
	const trimmed = email.normalize("NFKC").trim();
	if (!/^[^\s@\p{Cc}\p{Cf}]+@[^\s@\p{Cc}\p{Cf}]+$/u.test(trimmed) || trimmed.length > 254)
		throw badField("email", "email must be an address such as name@example.com.");
	refuseOtherSpelling(trimmed, "email");
	// It signs in, too.
	refuseMixedScripts(trimmed, "email");
	return trimmed;
}

/**
 * One address has one spelling, else two people sign in with it: no quoted name and no remarks (RFC 5322, 3.4.1), no dot at
 * an end of the domain nor two in a row, and no full stop but the Latin one (IDNA reads U+3002 as such).
 */
function refuseOtherSpelling(address: string, fieldName: string): void {
	const labels = address.slice(address.lastIndexOf("@") + 1).split(".");
	if (!/["(),;<>\\\u3002]/.test(address) && !labels.includes("")) return;
	const text = `${fieldName} must be an address in its plain spelling, as name@example.com: without quotes, brackets, commas or a dot at the end.`;
	throw badField(fieldName, text);
}
