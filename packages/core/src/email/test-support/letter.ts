/** A customer. */
export const carol = "carol@customer.test";

let ids = 0;

/** A mail as a customer's program sends it. */
export function letter(headers: Record<string, string>, body: string, type = "text/plain; charset=utf-8"): string {
	ids += 1;
	const all: Record<string, string> = {
		From: `Carol <${carol}>`,
		To: "support@shop.example",
		Subject: "Where is my order?",
		"Message-ID": `<letter-${ids}@customer.test>`,
		Date: "Thu, 26 Nov 2026 10:00:00 +0000",
		"MIME-Version": "1.0",
		"Content-Type": type,
		...headers,
	};
	const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
	return `${head.join("\r\n")}\r\n\r\n${body.replace(/\r?\n/g, "\r\n")}\r\n`;
}
