/** What the demo's pages may load: their own files, the panel in a frame, calls to the API. */
export function pageHeaders({
	apiOrigin,
	panelOrigin,
	embedsMessenger = false,
	framedBy = [],
}: {
	apiOrigin: string;
	panelOrigin: string;
	embedsMessenger?: boolean;
	framedBy?: readonly string[];
}): Record<string, string> {
	const socketOrigin = apiOrigin.replace(/^http/, "ws");
	const policy = [
		"default-src 'self'",
		`script-src 'self'${embedsMessenger ? ` ${apiOrigin}` : ""}`,
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		`connect-src 'self' ${apiOrigin} ${socketOrigin}`,
		// Sign-in happens in the panel's frame.
		`frame-src ${panelOrigin} ${apiOrigin}`,
		"media-src 'self' blob: mediastream:",
		["frame-ancestors 'self'", ...framedBy].join(" "),
		"base-uri 'none'",
		"form-action 'self'",
	];
	return {
		"content-security-policy": policy.join("; "),
		"x-content-type-options": "nosniff",
		// The panel learns from it which page embeds it.
		"referrer-policy": "strict-origin-when-cross-origin",
	};
}
