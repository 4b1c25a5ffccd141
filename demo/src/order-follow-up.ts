/** The script of the demo's campaign: the contact's columns, to be corrected and looked for in the CRM (agent-features 17, "Demo"). */
export const orderFollowUp = {
	startPageId: "order",
	variables: [],
	actions: [],
	pages: [
		{
			id: "order",
			name: "The order",
			root: {
				...{ kind: "container", id: "order-root", layout: "column" },
				children: [
					{
						...{ kind: "text", id: "order-hello", role: "heading" },
						text: "Hello {{Outbound.name}}, has your order {{Outbound.order}} come well?",
					},
					{
						...{ kind: "contactForm", id: "order-contact", label: "What we know of them" },
						...{ columns: ["name", "order", "cell", "home"], readOnly: ["order"] },
					},
					{
						...{ kind: "container", id: "order-buttons", layout: "row" },
						children: [
							{
								...{ kind: "button", id: "order-pop", label: "Look in the CRM" },
								steps: [{ kind: "screenPop", searchString: "{{Outbound.cell}}", again: true }],
							},
							{
								...{ kind: "button", id: "order-never", label: "Never call again" },
								steps: [{ kind: "doNotCall" }],
							},
						],
					},
				],
			},
		},
	],
} as const;
