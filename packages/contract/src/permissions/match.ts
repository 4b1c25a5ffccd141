/**
 * True when a granted permission covers a wanted one (platform-api 4.1).
 * Both are `domain:entity:action`; a `*` in the granted one covers any value in its place, and as the last part
 * also every part after it (`*` alone covers all). Letter case is ignored: published sources disagree on it.
 */
export function permissionMatches(granted: string, wanted: string): boolean {
	const grantedParts = granted.toLowerCase().split(":");
	const wantedParts = wanted.toLowerCase().split(":");
	const coversRest = grantedParts.at(-1) === "*" && grantedParts.length < wantedParts.length;
	if (grantedParts.length !== wantedParts.length && !coversRest) return false;
	return grantedParts.every((part, index) => part === "*" || part === wantedParts[index]);
}

/** True when any of the granted permissions covers the wanted one. */
export function holdsPermission(granted: Iterable<string>, wanted: string): boolean {
	for (const permission of granted) if (permissionMatches(permission, wanted)) return true;
	return false;
}

/** True when the granted permissions cover all (`ALL`) or one (`ANY`) of the wanted; an empty list asks for nothing. */
export function holdsPermissions(
	granted: readonly string[],
	wanted: readonly string[],
	mode: "ANY" | "ALL" | null,
): boolean {
	if (wanted.length === 0) return true;
	const holds = (permission: string) => holdsPermission(granted, permission);
	return mode === "ALL" ? wanted.every(holds) : wanted.some(holds);
}
