import "./script-page.css";
import type { ComponentChildren } from "preact";
import { Button } from "../button.tsx";
import type { ScriptDeeds, ScriptPart, ScriptText } from "./part.ts";
import { ScriptContact } from "./script-contact.tsx";
import { isInput, ScriptField } from "./script-field.tsx";

export type { ScriptDeeds } from "./part.ts";

interface Props<Steps, Part = ScriptPart<Steps>> {
	part: Part;
	deeds: ScriptDeeds<Steps>;
}

/** A part of a script's page, as agents see it and as its editor previews it; the keyboard goes as the tree does. */
export function ScriptPage<Steps>({ part, deeds }: Props<Steps>) {
	if (isInput(part)) return <ScriptField part={part} deeds={deeds} />;
	switch (part.kind) {
		case "container":
			return (
				<div class="script-container" data-layout={part.layout} style={{ gap: `${part.gap}px` }}>
					{part.parts.map((child) => (
						<ScriptPage key={child.id} part={child} deeds={deeds} />
					))}
				</div>
			);
		case "text":
			return <Text part={part} deeds={deeds} />;
		case "divider":
			return <hr />;
		case "image":
			return <img class="script-image" src={part.address} alt={part.alt} referrerpolicy="no-referrer" />;
		case "button":
			return (
				<Button busy={deeds.busy} data-script-button={part.id} onClick={() => deeds.press(part.label, part.steps)}>
					{part.label}
				</Button>
			);
		case "link":
			return <Link part={part} deeds={deeds} />;
		case "webPage":
			return <WebPage part={part} deeds={deeds} />;
		case "attributes":
			return <Attributes part={part} deeds={deeds} />;
		case "contact":
			return <ScriptContact part={part} deeds={deeds} />;
		case "progress": {
			const text = deeds.say("page", { at: part.at, all: part.of, name: part.name });
			return <progress class="script-progress" aria-label={text} title={text} value={part.at} max={part.of} />;
		}
	}
}

type Of<Steps, Kind> = Props<Steps, Extract<ScriptPart<Steps>, { kind: Kind }>>;

function Text<Steps>({ part: { role, parts }, deeds }: Of<Steps, "text">) {
	const content = parts.map((part, at) =>
		part.missing ? (
			<span key={at} class="script-missing" title={part.variable}>
				<span class="ui-hidden">{deeds.say("missing")}</span>
			</span>
		) : (
			<bdi key={at}>{words(part)}</bdi>
		),
	);
	if (role === "heading") return <h4 class="script-heading">{content}</h4>;
	return <p class={role === "note" ? "script-text ui-hint" : "script-text"}>{content}</p>;
}

/** `**bold**` is the only markup; a value of the customer's is none. */
function words({ text, variable }: ScriptText): ComponentChildren {
	if (variable !== undefined) return text;
	return text.split(/\*\*(.+?)\*\*/).map((part, at) => (at % 2 === 1 ? <strong key={at}>{part}</strong> : part));
}

function Link<Steps>({ part: { medium, address, label }, deeds }: Of<Steps, "link">) {
	const { mail } = deeds;
	if (medium === "email" && !mail)
		return (
			<a href={`mailto:${encodeURIComponent(address)}`}>
				<bdi>{label}</bdi>
			</a>
		);
	return (
		<button
			type="button"
			class="script-link"
			onClick={() => (medium === "phone" ? deeds.call(address) : mail?.(address))}
		>
			<bdi>{label}</bdi>
		</button>
	);
}

/** In a frame without scripts of ours, and without a way out of it. */
function WebPage<Steps>({ part: { title, address, height }, deeds }: Of<Steps, "webPage">) {
	if (!address) return <p class="ui-error">{deeds.say("unsafe")}</p>;
	return (
		<iframe
			class="script-web"
			title={title || deeds.say("webPage", { host: new URL(address).hostname })}
			src={address}
			sandbox="allow-scripts allow-forms allow-same-origin allow-popups"
			referrerpolicy="no-referrer"
			style={{ height: `${height}px` }}
		/>
	);
}

function Attributes<Steps>({ part: { label, rows }, deeds }: Of<Steps, "attributes">) {
	if (rows.length === 0) return <p class="ui-hint">{deeds.say("noAttributes")}</p>;
	return (
		<table class="script-attributes">
			<caption>{label}</caption>
			<tbody>
				{rows.map(([name, value]) => (
					<tr key={name}>
						<th scope="row">
							<bdi>{name}</bdi>
						</th>
						<td>
							<bdi>{value}</bdi>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
