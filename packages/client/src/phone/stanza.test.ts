import { describe, expect, it } from "vitest";
import {
	authStanza,
	iq,
	readIceServers,
	readJid,
	readProposal,
	readRpc,
	readWithdrawal,
	rpcPayload,
	sessionMessage,
} from "./stanza.ts";
import { element, parseXml, serialize, textOf } from "./xml.ts";

const parse = (text: string) => parseXml(text) ?? element("unparsed");

describe("streaming stanzas", () => {
	it("puts the token into SASL PLAIN", () => {
		expect(atob(textOf(authStanza("me@org.example", "tok")))).toBe("\0me@org.example\0authKey:tok");
	});

	it("reads a proposal with its conversation and auto-answer", () => {
		const stanza = `<message from="x@gjoll.org"><propose xmlns="urn:xmpp:jingle-message:0" id="s1" inin-cid="c1" inin-sdp-over-xmpp="true" inin-autoanswer="true"/></message>`;
		expect(readProposal(parse(stanza))).toEqual({
			sessionId: "s1",
			conversationId: "c1",
			from: "x@gjoll.org",
			autoAnswer: true,
		});
	});

	it("leaves proposals of full Jingle alone", () => {
		expect(readProposal(parse(`<message><propose id="s1" inin-cid="c1"/></message>`))).toBeUndefined();
	});

	it("reads withdrawals", () => {
		expect(readWithdrawal(parse(`<message><retract xmlns="urn:xmpp:jingle-message:0" id="s1"/></message>`))).toBe("s1");
		expect(readWithdrawal(parse(`<message><body>hi</body></message>`))).toBeUndefined();
	});

	it("carries JSON-RPC through XML unharmed", () => {
		const message = {
			jsonrpc: "2.0",
			id: "1",
			method: "offer",
			params: { sessionId: "s1", sdp: "v=0\r\na=<x>&'\"\r\n" },
		} as const;
		expect(readRpc(parse(serialize(iq("set", "9", "peer", rpcPayload(message)))))).toEqual(message);
	});

	it("ignores signalling that is not JSON-RPC", () => {
		expect(readRpc(parse(`<iq><genesys-webrtc xmlns="genesys">nonsense</genesys-webrtc></iq>`))).toBeUndefined();
		expect(
			readRpc(parse(`<iq><genesys-webrtc xmlns="genesys">{"method":"offer"}</genesys-webrtc></iq>`)),
		).toBeUndefined();
	});

	it("reads the bound JID", () => {
		expect(readJid(parse(`<iq type="result"><bind><jid>me@org/r1</jid></bind></iq>`))).toBe("me@org/r1");
	});

	it("reads ICE servers with and without credentials", () => {
		const answer = parse(
			`<iq><services><service type="stun" host="h" port="3478"/><service type="turn" host="h" port="3478" transport="udp" username="u" password="p"/></services></iq>`,
		);
		expect(readIceServers(answer)).toEqual([
			{ urls: "stun:h:3478" },
			{ urls: "turn:h:3478?transport=udp", username: "u", credential: "p" },
		]);
	});

	it("answers a proposal in its own namespace", () => {
		expect(serialize(sessionMessage("proceed", "peer@x", "s1", "m1"))).toBe(
			`<message xmlns="jabber:client" to="peer@x" id="m1"><proceed xmlns="urn:xmpp:jingle-message:0" id="s1"/></message>`,
		);
	});
});
