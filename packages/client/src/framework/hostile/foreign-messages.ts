/** What windows may say to a panel that has nothing to do with them: made by hand, and varied (issue 9, "How it is judged"). */

/** Each would do something if the right page said it in the right shape. */
const wishes: readonly { type: string; data: unknown }[] = [
	{ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } },
	{ type: "PureCloud.User.setView", data: { type: "main", view: { name: "interactionList" } } },
	{ type: "PureCloud.clickToDial", data: { number: "+13175550142", type: "call", autoPlace: true } },
	{ type: "PureCloud.Interaction.updateState", data: { action: "disconnect" } },
	{ type: "PureCloud.addCustomAttributes", data: { attributes: { stolen: "1" } } },
	{ type: "PureCloud.User.Notification.notifyUser", data: { message: "You have won", type: "info" } },
	{ type: "PureCloud.Inlay.request", data: { id: "1", request: "logout", data: {} } },
	{ type: "PureCloud.Subscribe", data: { type: "Interaction" } },
];

/** Words that the panel's own windows and frames use among themselves. */
const innerWords: readonly unknown[] = [
	{ kind: "inlay.signin", search: "?code=evil&state=evil", hash: "" },
	{ type: "inlay.cobrowse.key", conversationId: "c" },
	{ inlayWindow: "take", kind: "interaction", deployment: "", agent: "", hash: "#/interaction/c" },
	{ inlayWindow: "gone", kind: "interaction", deployment: "", agent: "" },
	{ inlayWindow: "ask", kind: "phone", deployment: "", agent: "00000000-0000-4000-8000-000000000001" },
	{ inlayWindow: "take", kind: "phone", deployment: "", agent: "00000000-0000-4000-8000-000000000001" },
	{ inlayWindow: "here", kind: "phone", deployment: "", agent: "00000000-0000-4000-8000-000000000001" },
	{ call: "PureCloud.User.updateStatus", args: [{ id: "p-meal" }], id: 1 },
	{ call: "framework", args: [{ config: {} }] },
	{ call: "left", args: [] },
	{ call: "looped", args: [1, 5] },
	{ of: 1, value: { id: "p-meal" } },
	{ isEmbedded: true, referrer: "https://evil.example/" },
];

type Wrapped = (message: unknown) => unknown;

/** As which nobody may be understood, whoever says it. */
const nonsense: readonly Wrapped[] = [
	(message) => [message],
	(message) => JSON.stringify([message]),
	(message) => JSON.stringify(JSON.stringify(message)),
	(message) => `${JSON.stringify(message)},`,
	(message) => JSON.stringify(message).slice(0, -1),
	(message) => `<script>${JSON.stringify(message)}</script>`,
	(message) => ({ data: message }),
	(message) => ({ message, __proto__: null }),
	(message) => new Map(Object.entries(message as object)),
	(message) => new TextEncoder().encode(JSON.stringify(message)),
	(message) => changed(message, (type) => ` ${type}`),
	(message) => changed(message, (type) => type.replace(".", "/")),
	(message) => changed(message, (type) => `${type}.constructor`),
	(message) => changed(message, (type) => `evil.${type}`),
	(message) => changed(message, (type) => [type]),
	(message) => changed(message, () => ({ toString: "PureCloud.User.updateStatus" })),
];

/** As pages talk to the panel. */
const proper: readonly Wrapped[] = [(message) => message, (message) => JSON.stringify(message)];

/** What only the right window may say, and what nobody may: for windows of others. */
export function foreignMessages(): unknown[] {
	return [...wishes, ...innerWords]
		.flatMap((each) => proper.map((wrap) => wrap(each)))
		.concat(liars(), burdens(), malformedMessages());
}

/** They say themselves who has sent them, as an event does, or as the panel does of whom it has heard. */
function liars(): unknown[] {
	const claims: readonly object[] = [
		{ origin: "https://crm.example.com", source: null },
		{ isTrusted: true, lastEventId: "1", ports: [] },
		{ host: "script" },
		{ severalHosts: true },
		{ isEmbedded: true, referrer: "https://crm.example.com/" },
		{ parent: true, top: true, opener: true },
		{ target: "*", targetOrigin: "*" },
		{ inlayWindow: "take", kind: "phone" },
		{ call: "framework", id: 1, args: [] },
		{ token: "x", access_token: "x", authorization: "Bearer x" },
	];
	const whole = { type: "PureCloud.User.updateStatus", data: { id: "p-meal" } };
	return [
		...claims.map((claim) => ({ ...whole, ...claim })),
		...claims.slice(0, 5).map((claim) => JSON.stringify({ ...claim, ...whole })),
		{ type: "message", ...claims[0], data: whole },
		JSON.parse(
			'{"type":"PureCloud.User.updateStatus","data":{"id":"p-meal"},"__proto__":{"origin":"https://crm.example.com"}}',
		),
	];
}

/** Proper in their type, and with data that is hard to carry. */
function burdens(): unknown[] {
	const type = "PureCloud.User.updateStatus";
	const cyclic: Record<string, unknown> = { id: "p-meal" };
	cyclic.self = cyclic;
	let deep: unknown = "p-meal";
	for (let at = 0; at < 2000; at++) deep = { id: deep };
	const polluting = JSON.parse('{"id":"p-meal","__proto__":{"type":1},"constructor":{"prototype":{"toString":1}}}');
	return [
		...[cyclic, deep, polluting, [{ id: "p-meal" }], new Map([["id", "p-meal"]]), new Set(["p-meal"])],
		...["p-meal".repeat(400_000), Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`id${at}`, "p-meal"]))],
		...[new Array(1_000_000), new ArrayBuffer(4_000_000), new File(["p-meal"], "id"), new DOMException("p-meal", "id")],
		...[new DOMRect(1, 2, 3, 4), new ImageData(2, 2), Object.assign(new Error("p-meal"), { cause: { id: "p-meal" } })],
	].map((data) => ({ type, data }));
}

/** What changes nothing where even the right page says it. */
export function malformedMessages(): unknown[] {
	return [
		...wishes.flatMap((each) => nonsense.map((wrap) => wrap(each))),
		...[undefined, null, 0, true, "", "null", "{}", "[]", '{"type":null}', "x".repeat(200_000), [], {}, { type: 5 }],
		...[new Date(0), new Set(["PureCloud.User.updateStatus"]), new ArrayBuffer(8), /PureCloud/],
		...oddities(),
	];
}

/** What browsers can hand from window to window, and JSON can be written as, and no page means. */
function oddities(): unknown[] {
	const status = { type: "PureCloud.User.updateStatus", data: { id: "p-meal" } };
	const endless: Record<string, unknown> = { data: { id: "p-meal" } };
	endless.type = endless;
	let deep: unknown = status;
	for (let at = 0; at < 2000; at++) deep = { data: deep };
	const written = JSON.stringify(status);
	return [
		...[1n, Number.NaN, new Error(status.type), new Blob([written]), new DataView(new ArrayBuffer(4))],
		...[
			new BigInt64Array(2),
			Object.assign([], { type: status.type, length: 3 }),
			new String(written),
			new Boolean(true),
		],
		...[endless, deep, "[".repeat(5000), `${"[".repeat(5000)}${"]".repeat(5000)}`, "1e999", "\u0000", "\ud800"],
		...[`\ufeff${written}`, `${written}${written}`, written.replace(/"/g, "'"), `/*${written}*/`, `)]}'${written}`],
		`{"__proto__":${written}}`,
		`{"data":{"id":"p-meal"},"constructor":{"type":"PureCloud.User.updateStatus"}}`,
		`{"type":"PureCloud.User.updateStatus","type":"","data":{"id":"p-meal"}}`,
		...[
			"__proto__",
			"constructor",
			"User",
			"User.",
			"User.updateStatus.call",
			"User.updateStatus\u0000",
			"toString",
		].map((name) => ({ type: `PureCloud.${name}`, data: { id: "p-meal" } })),
		...["purecloud.user.updatestatus", "PureCloud.\u0055ser.update\u200bStatus", "PureCloud..User.updateStatus"].map(
			(type) => ({ type, data: { id: "p-meal" } }),
		),
		{ type: ["PureCloud", "User", "updateStatus"], data: { id: "p-meal" } },
		...[new String(status.type), new Date(0), 1n, new Map(), [status.type], { length: 3 }].map((type) => ({
			...status,
			type,
		})),
		...[`PureCloud.${"User.".repeat(50_000)}updateStatus`, "PureCloud.", ".", "PureCloud", "PureCloud.__proto__.x"].map(
			(type) => ({ ...status, type }),
		),
		Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`type${at}`, status.type])),
		...[new File([written], "status.json"), new ImageData(1, 1), new DOMRect(), new DOMException(written)],
		...[new Float64Array(3), Object.assign([], { 4000000: 1 }), -0, Number.POSITIVE_INFINITY, /^PureCloud/gu],
	];
}

function changed(message: unknown, change: (type: string) => unknown): unknown {
	const { type, data } = message as { type: string; data: unknown };
	return { type: change(type), data };
}
