/** How a registered redirect URI misses the one that the panel sends; they are compared as whole strings (RFC 9700, 4.1.3). */
export type UriDifference = "scheme" | "port" | "host" | "case" | "slash" | "path";

/** In what one of them differs; undefined where it is the same, or has nothing to do with it. */
export function uriDifference(registered: string, wanted: string): UriDifference | undefined {
	if (registered === wanted) return undefined;
	if (registered.toLowerCase() === wanted.toLowerCase()) return "case";
	const [ours, theirs] = [URL.parse(wanted), URL.parse(registered)];
	if (!ours || !theirs) return undefined;
	const samePath = theirs.pathname === ours.pathname && theirs.search === ours.search && theirs.hash === ours.hash;
	if (theirs.origin === ours.origin) return slashOrPath(theirs, ours);
	if (!samePath) return undefined;
	if (theirs.host === ours.host) return "scheme";
	if (theirs.hostname !== ours.hostname) return "host";
	return theirs.protocol === ours.protocol ? "port" : "scheme";
}

function slashOrPath(theirs: URL, ours: URL): UriDifference {
	const bare = ({ pathname }: URL) => pathname.replace(/\/+$/, "").replace(/\/{2,}/g, "/");
	const isSlash = bare(theirs) === bare(ours) && theirs.search === ours.search && theirs.hash === ours.hash;
	return isSlash ? "slash" : "path";
}

/** The most likely slip among those registered. */
const likeliest: readonly UriDifference[] = ["case", "slash", "scheme", "port", "path", "host"];

/** The registered URI that somebody most probably meant for one of these; undefined where none is near. */
export function nearestUri(
	registered: readonly string[],
	wanted: readonly string[],
): { uri: string; wanted: string; differs: UriDifference } | undefined {
	const near = registered.flatMap((uri) =>
		wanted.flatMap((one) => {
			const differs = uriDifference(uri, one);
			return differs ? [{ uri, wanted: one, differs }] : [];
		}),
	);
	return near.sort((a, b) => likeliest.indexOf(a.differs) - likeliest.indexOf(b.differs))[0];
}
