import { Element } from "ltx";
import type { NotificationFrame } from "../../notifications/session.ts";
import { ns } from "./namespaces.ts";

/** A call offered to a phone before any media is agreed (platform-api 6.2, step 9). */
export interface Propose {
	sessionId: string;
	conversationId: string;
	/** JID the session comes from; its `gjoll` part tells the SDK that this is a softphone call. */
	from: string;
	to: string;
	userId: string;
	autoAnswer: boolean;
}

/** JSON-RPC over `genesys-webrtc` (platform-api 6.2, steps 11–16). */
export interface RtcMessage {
	jsonrpc: "2.0";
	id: string;
	method: string;
	params: Record<string, unknown>;
}

/** A STUN or TURN server (XEP-0215). */
export interface IceService {
	type: "stun" | "turn";
	host: string;
	port: number;
	transport?: "udp" | "tcp";
	username?: string;
	password?: string;
}

export function openStanza(domain: string, streamId: string): string {
	return new Element("open", {
		xmlns: ns.framing,
		from: domain,
		id: streamId,
		version: "1.0",
		"xml:lang": "en",
	}).toString();
}

export function closeStanza(): string {
	return new Element("close", { xmlns: ns.framing }).toString();
}

/** Before sign-in SASL mechanisms, after it only resource binding. */
export function featuresStanza(signedIn: boolean): string {
	const features = new Element("stream:features", { xmlns: ns.client, "xmlns:stream": ns.streams });
	if (signedIn) features.c("bind", { xmlns: ns.bind });
	else features.c("mechanisms", { xmlns: ns.sasl }).c("mechanism").t("PLAIN");
	return features.toString();
}

export function saslSuccess(): string {
	return new Element("success", { xmlns: ns.sasl }).toString();
}

/** @param condition RFC 6120 section 6.5; `temporary-auth-failure` makes the SDK try again */
export function saslFailure(condition: string): string {
	const failure = new Element("failure", { xmlns: ns.sasl });
	failure.c(condition);
	return failure.toString();
}

/** Must not carry `from`, or the client ignores it (platform-api 6.2, step 4). */
export function bindResult(id: string, fullJid: string): string {
	const iq = new Element("iq", { xmlns: ns.client, type: "result", id });
	iq.c("bind", { xmlns: ns.bind }).c("jid").t(fullJid);
	return iq.toString();
}

/** @param from the request's `to`, to which the client matches the answer */
export function iqResult(id: string, to: string, from: string | undefined, child?: Element): string {
	const iq = new Element("iq", { xmlns: ns.client, type: "result", id, to, from });
	if (child) iq.children.push(child);
	return iq.toString();
}

export function iqError(id: string, to: string, from: string | undefined, condition: string): string {
	const iq = new Element("iq", { xmlns: ns.client, type: "error", id, to, from });
	iq.c("error", { type: "cancel" }).c(condition, { xmlns: ns.stanzaErrors });
	return iq.toString();
}

export function servicesElement(type: string, services: IceService[]): Element {
	const list = new Element("services", { xmlns: ns.externalServices, type });
	for (const { port, ...service } of services) list.c("service", { ...service, port: String(port) });
	return list;
}

/** The answer to a pubsub subscription; clients read the child. */
export function subscribedElement(topic: string, jid: string): Element {
	const pubsub = new Element("pubsub", { xmlns: ns.pubsub });
	pubsub.c("subscription", { node: topic, jid, subscription: "subscribed" });
	return pubsub;
}

export function proposeStanza(propose: Propose): string {
	const message = new Element("message", {
		xmlns: ns.client,
		to: propose.to,
		from: propose.from,
		id: propose.sessionId,
	});
	message
		.c("propose", {
			xmlns: ns.jingleMessage,
			id: propose.sessionId,
			"inin-cid": propose.conversationId,
			"inin-user-id": propose.userId,
			"inin-sdp-over-xmpp": "true",
			"inin-autoanswer": propose.autoAnswer ? "true" : undefined,
		})
		.c("description", { xmlns: "urn:xmpp:jingle:apps:rtp:1", media: "audio" });
	return message.toString();
}

/** `accept`: another phone took it; `retract`: nobody needs to any more. */
export function sessionNotice(kind: "accept" | "retract", sessionId: string, to: string, from: string): string {
	const message = new Element("message", { xmlns: ns.client, to, from });
	message.c(kind, { xmlns: ns.jingleMessage, id: sessionId });
	return message.toString();
}

export function rtcStanza(message: RtcMessage, to: string, from: string): string {
	const iq = new Element("iq", { xmlns: ns.client, type: "set", id: message.id, to, from });
	iq.c("genesys-webrtc", { xmlns: ns.genesys }).t(JSON.stringify(message));
	return iq.toString();
}

/** A notification inside the stream (platform-api 6.1). */
export function notificationStanza(frame: NotificationFrame, to: string, from: string): string {
	const message = new Element("message", { xmlns: ns.client, to, from });
	message
		.c("event", { xmlns: ns.pubsubEvent })
		.c("items", { node: frame.topicName })
		.c("item")
		.c("json", { xmlns: ns.json })
		.t(JSON.stringify(frame));
	return message.toString();
}
