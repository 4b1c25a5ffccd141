/** The script that the Tour gives to the demo's queue: three pages, the second of which asks by the product (agent-features 17). */
export const supportIntake = {
	startPageId: "greet",
	variables: [
		{ name: "order", type: "string", input: true, output: true },
		{ name: "product", type: "string", output: true },
		{ name: "broken", type: "boolean" },
		{ name: "since", type: "date" },
	],
	actions: [],
	pages: [
		{
			id: "greet",
			name: "Greeting",
			root: {
				...{ kind: "container", id: "greet-root", layout: "column" },
				children: [
					{ kind: "progress", id: "greet-progress", pageIds: ["greet", "product", "goodbye"] },
					{
						...{ kind: "text", id: "greet-hello", role: "heading" },
						text: "Hello {{Scripter.Customer Name}}, this is {{Scripter.Agent Name}} of {{Scripter.Queue Name}}.",
					},
					{ kind: "textInput", id: "greet-order", label: "Order number", variable: "order" },
					{
						...{ kind: "dropdown", id: "greet-product", label: "What is it about?", variable: "product" },
						options: [
							{ value: "lamp", label: "A lamp" },
							{ value: "chair", label: "A chair" },
						],
					},
					{
						...{ kind: "button", id: "greet-next", label: "Next" },
						steps: [{ kind: "changePage", pageId: "product" }],
					},
				],
			},
		},
		{
			id: "product",
			name: "The product",
			root: {
				...{ kind: "container", id: "product-root", layout: "column" },
				children: [
					{ kind: "progress", id: "product-progress", pageIds: ["greet", "product", "goodbye"] },
					{
						...{ kind: "text", id: "product-lamp", role: "paragraph", visibleIf: "{{product}} == 'lamp'" },
						text: "Does the **bulb** sit tight? Is the switch at the cord on?",
					},
					{
						...{ kind: "text", id: "product-chair", role: "paragraph", visibleIf: "{{product}} == 'chair'" },
						text: "Are all **four screws** under the seat tight?",
					},
					{ kind: "checkbox", id: "product-broken", label: "It is broken", variable: "broken" },
					{
						...{ kind: "dateInput", id: "product-since", label: "Since when?", variable: "since" },
						visibleIf: "{{broken}}",
					},
					{
						...{ kind: "container", id: "product-buttons", layout: "row" },
						children: [
							{
								...{ kind: "button", id: "product-back", label: "Back" },
								steps: [{ kind: "changePage", pageId: "greet" }],
							},
							{
								...{ kind: "button", id: "product-next", label: "Next" },
								steps: [{ kind: "changePage", pageId: "goodbye" }],
							},
						],
					},
				],
			},
		},
		{
			id: "goodbye",
			name: "Goodbye",
			forAfterCallWork: true,
			root: {
				...{ kind: "container", id: "goodbye-root", layout: "column" },
				children: [
					{ kind: "progress", id: "goodbye-progress", pageIds: ["greet", "product", "goodbye"] },
					{
						...{ kind: "text", id: "goodbye-text", role: "paragraph" },
						text: "Order {{order}}: thank you for calling, {{Scripter.Customer Name}}.",
					},
					{ kind: "attributeTable", id: "goodbye-known", label: "What is known", names: ["order", "product"] },
					{
						...{ kind: "button", id: "goodbye-back", label: "Start again" },
						steps: [{ kind: "changePage", pageId: "greet" }],
					},
				],
			},
		},
	],
} as const;
