/** The page that embeds the panel. Messages are JSON texts, `{"type": …, "data": …}`; crm-page.js is the page's half. */

/** The page's origin: messages go to it alone, and are taken from it alone. */
const page = "https://crm.example.com";

type Listener = (data: Record<string, unknown>) => void;

export function tell(type: string, data?: unknown): void {
	window.parent.postMessage(JSON.stringify({ type, data }), page);
}

/** Calls what a message names; others are ignored. */
export function listen(listeners: Readonly<Record<string, Listener>>): void {
	window.addEventListener("message", (event) => {
		if (event.origin !== page) return;
		const { type, data } = read(event.data);
		if (Object.hasOwn(listeners, type)) listeners[type]?.(data);
	});
}

function read(text: unknown): { type: string; data: Record<string, unknown> } {
	try {
		const { type, data } = JSON.parse(String(text));
		return { type: String(type), data: data ?? {} };
	} catch {
		return { type: "", data: {} };
	}
}
