/** English sentences of what a browser finds in itself; every other language has them, too. Apart, as panels load them. */
export const browserTexts = {
	"browser.microphone.missing.cause": "This device has no microphone that the browser can use.",
	"browser.microphone.missing.cure": "Connect a headset, and test again.",
	"browser.microphone.denied.cause": "The browser does not let this page use the microphone.",
	"browser.microphone.denied.cure": "Allow the microphone by the symbol beside the page’s address.",
	"browser.microphone.not.allowed.cause": "The page around the panel does not let it use the microphone.",
	"browser.speaker.missing.cause": "The browser finds no device to play sound.",
	"browser.popups.blocked.cause": "The browser blocks pop-up windows.",
	"browser.popups.blocked.cure": "Turn the pop-up blocker off for this page.",
	"browser.storage.blocked.cause": "The browser keeps nothing for this page.",
	"browser.storage.blocked.cure": "Allow this page’s cookies and site data.",
	"browser.storage.partitioned.cause":
		"Within the CRM’s page the browser keeps things apart: you sign in there once more.",
	"browser.storage.partitioned.cure": "Nothing has to be done.",
	"browser.autoplay.blocked.cause":
		"The browser plays no sound before you click in the panel, so a ring may stay silent.",
	"browser.autoplay.blocked.cure": "Allow sound for this page, or click once in the panel after it has loaded.",
	"browser.allow.missing.cause": "The page around the panel does not allow it: {features}.",
	"browser.allow.missing.cure": "Your administrator adds it to allow=… of the frame in the CRM.",
	"browser.socket.blocked.cause": "The connection for news (WebSocket) to {host} does not come up.",
	"browser.socket.blocked.cure": "The proxy or firewall between has to let WebSockets through.",
	"browser.media.unreachable.cause": "No sound comes through to {host}: the network blocks UDP.",
	"browser.media.unreachable.cure": "The firewall has to let UDP through to the server’s port.",
	"browser.local.network.cause": "The browser does not let this page reach the local network, where {host} is.",
	"browser.local.network.cure": "Allow access to the local network by the symbol beside the page’s address.",
	"clock.off.cause": "This device’s clock is {minutes} minutes off.",
	"clock.off.cure": "Let the device set its clock by itself.",
} as const;

/** Sentences that several codes have in common. */
export const sharedByBrowsers = {
	"browser.microphone.not.allowed.cure": "browser.allow.missing.cure",
	"browser.speaker.missing.cure": "browser.microphone.missing.cure",
} as const;
