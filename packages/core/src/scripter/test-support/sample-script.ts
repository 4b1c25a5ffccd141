import type { ScriptDocument } from "@inlay/contract/scripter/agent-script";

/** Three pages, an order number that is an output, and a product that comes with the customer. */
export function sampleScript(changes: Partial<ScriptDocument> = {}): ScriptDocument {
	return {
		startPageId: "greet",
		variables: [
			{ name: "order", type: "string", output: true },
			{ name: "product", type: "string", input: true, default: "Lamp" },
			{ name: "pieces", type: "number" },
		],
		actions: [],
		pages: [
			{
				id: "greet",
				name: "Greeting",
				root: {
					...{ kind: "container", id: "greet-root", layout: "column" },
					children: [
						{ kind: "text", id: "hello", role: "heading", text: "Hello {{Scripter.Agent Name}}" },
						{ kind: "textInput", id: "order", label: "Order number", variable: "order" },
						{ kind: "button", id: "next", label: "Next", steps: [{ kind: "changePage", pageId: "product" }] },
					],
				},
			},
			{
				id: "product",
				name: "Product",
				root: {
					...{ kind: "container", id: "product-root", layout: "column" },
					children: [{ kind: "button", id: "last", label: "Last", steps: [{ kind: "changePage", pageId: "end" }] }],
				},
			},
			{
				id: "end",
				name: "Goodbye",
				root: {
					...{ kind: "container", id: "end-root", layout: "column" },
					children: [{ kind: "numberInput", id: "pieces", label: "Pieces", variable: "pieces" }],
				},
			},
		],
		...changes,
	};
}
