import { child, childElements, type Element, element, textOf } from "./xml.ts";

/** Namespaces of the streaming protocol (platform-api 6.2). */
const ns = {
	framing: "urn:ietf:params:xml:ns:xmpp-framing",
	sasl: "urn:ietf:params:xml:ns:xmpp-sasl",
	bind: "urn:ietf:params:xml:ns:xmpp-bind",
	client: "jabber:client",
	jingleMessage: "urn:xmpp:jingle-message:0",
	ping: "urn:xmpp:ping",
	extdisco: "urn:xmpp:extdisco:1",
	genesys: "genesys",
} as const;

/** An offer of a call (platform-api 6.2, stanza 9). */
export interface Proposal {
	sessionId: string;
	conversationId: string;
	/** Whom to answer. */
	from: string;
	autoAnswer: boolean;
}

/** Call signalling as JSON-RPC (platform-api 6.2, stanzas 11 to 16). */
export interface RpcMessage {
	jsonrpc: "2.0";
	id: string;
	method: "offer" | "answer" | "iceCandidate" | "info" | "terminate";
	params: {
		sessionId: string;
		sdp?: string;
		conversationId?: string;
		status?: string;
		reason?: string;
		reinvite?: boolean;
		/** The server keeps the connection when the call ends; its own word, which other phones pass over. */
		persistent?: boolean;
	};
}

export const openStanza = (domain: string) => element("open", { xmlns: ns.framing, to: domain, version: "1.0" });
export const closeStanza = () => element("close", { xmlns: ns.framing });

/** SASL PLAIN with the access token in place of a password. */
export function authStanza(jid: string, token: string): Element {
	const secret = btoa(String.fromCharCode(...new TextEncoder().encode(`\0${jid}\0authKey:${token}`)));
	return element("auth", { xmlns: ns.sasl, mechanism: "PLAIN" }, secret);
}

export function iq(type: "get" | "set" | "result", id: string, to: string | undefined, ...payload: Element[]): Element {
	return element("iq", { xmlns: ns.client, type, id, to }, ...payload);
}

export const bindPayload = (resource: string) => element("bind", { xmlns: ns.bind }, element("resource", {}, resource));
export const pingPayload = () => element("ping", { xmlns: ns.ping });
export const servicesPayload = (type: "turn" | "stun") => element("services", { xmlns: ns.extdisco, type });
export const rpcPayload = (message: RpcMessage) =>
	element("genesys-webrtc", { xmlns: ns.genesys }, JSON.stringify(message));

/** Whether the phone can be answered (RFC 6121 4.7.2.1): `dnd` where nobody would be heard. */
export const presence = (canAnswer: boolean) =>
	element("presence", { xmlns: ns.client }, ...(canAnswer ? [] : [element("show", {}, "dnd")]));

/** A message that answers a proposal. */
export function sessionMessage(
	kind: "proceed" | "reject" | "accept",
	to: string,
	sessionId: string,
	id: string,
): Element {
	const answer = element(kind, { xmlns: ns.jingleMessage, id: sessionId });
	return element("message", { xmlns: ns.client, to, id }, answer);
}

export function readProposal(message: Element): Proposal | undefined {
	const propose = child(message, "propose");
	const { id, "inin-cid": conversationId, "inin-autoanswer": autoAnswer } = propose?.attributes ?? {};
	if (!id || propose?.attributes["inin-sdp-over-xmpp"] !== "true") return undefined;
	return {
		sessionId: id,
		conversationId: conversationId ?? "",
		from: message.attributes.from ?? "",
		autoAnswer: autoAnswer === "true",
	};
}

/** The id of a session that another of the user's clients has taken or that was called back. */
export function readWithdrawal(message: Element): string | undefined {
	const kinds = ["retract", "accept", "reject"];
	return childElements(message).find((each) => kinds.includes(each.name))?.attributes.id;
}

export function readRpc(stanza: Element): RpcMessage | undefined {
	const text = textOf(child(stanza, "genesys-webrtc"));
	if (!text) return undefined;
	try {
		const message = JSON.parse(text) as Partial<RpcMessage>;
		return typeof message.method === "string" && message.params?.sessionId ? (message as RpcMessage) : undefined;
	} catch {
		return undefined;
	}
}

/** The full JID that the server bound. */
export function readJid(result: Element): string | undefined {
	const bind = child(result, "bind");
	return textOf(bind && child(bind, "jid")) || undefined;
}

/** TURN and STUN servers from an extdisco answer. */
export function readIceServers(result: Element): RTCIceServer[] {
	const services = child(result, "services");
	return childElements(services ?? result)
		.filter((each) => each.name === "service" && each.attributes.host)
		.map(({ attributes: { type = "stun", host, port, transport, username, password } }) => {
			const address = `${type}:${host}${port ? `:${port}` : ""}`;
			const urls = type.startsWith("turn") && transport ? `${address}?transport=${transport}` : address;
			return { urls, ...(username ? { username, credential: password } : {}) };
		});
}

/** SASL mechanisms or bind: which step the features ask for. */
export function featuresOffer(features: Element): "sasl" | "bind" | undefined {
	if (child(features, "mechanisms")) return "sasl";
	return child(features, "bind") ? "bind" : undefined;
}
