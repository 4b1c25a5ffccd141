/** XML namespaces of the streaming contract (platform-api 6.2). */
export const ns = {
	framing: "urn:ietf:params:xml:ns:xmpp-framing",
	streams: "http://etherx.jabber.org/streams",
	sasl: "urn:ietf:params:xml:ns:xmpp-sasl",
	bind: "urn:ietf:params:xml:ns:xmpp-bind",
	client: "jabber:client",
	ping: "urn:xmpp:ping",
	pubsub: "http://jabber.org/protocol/pubsub",
	pubsubEvent: "http://jabber.org/protocol/pubsub#event",
	externalServices: "urn:xmpp:extdisco:1",
	json: "urn:xmpp:json:0",
	jingleMessage: "urn:xmpp:jingle-message:0",
	genesys: "genesys",
	stanzaErrors: "urn:ietf:params:xml:ns:xmpp-stanzas",
} as const;
