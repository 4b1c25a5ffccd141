import { Button, EmptyState, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Contact } from "../crm/model.ts";
import { Avatar } from "./avatar.tsx";
import { crm } from "./crm-client.ts";
import { goTo, place, placeHash } from "./place.ts";
import { strings } from "./strings.ts";
import { useLoaded } from "./use-loaded.ts";
import type { Workplace } from "./workplace.ts";

/** All contacts, searched as one types. */
export function ContactList({ work }: { work: Workplace }) {
	const [search, setSearch] = useState("");
	const contacts = useLoaded(() => crm.contacts(search), [search, work.revision.value]);
	const found = contacts.kind === "ready" ? contacts.value : [];
	return (
		<nav class="contact-list" aria-label={strings.contacts}>
			<div class="contact-list-head">
				<h2>{strings.contacts}</h2>
				<Button size="small" icon="plus" onClick={() => goTo({ kind: "new", name: "", phone: "" })}>
					{strings.newContact}
				</Button>
			</div>
			<search>
				<TextField
					label={strings.search}
					labelHidden
					type="search"
					placeholder={strings.searchPlaceholder}
					value={search}
					onInput={setSearch}
				/>
			</search>
			{contacts.kind === "ready" && found.length === 0 && (
				<EmptyState icon="search" title={strings.noMatch}>
					<p>{strings.noMatchText}</p>
				</EmptyState>
			)}
			{contacts.kind === "failed" && <p class="problem-text">{contacts.text}</p>}
			<ul>
				{found.map((contact) => (
					<ContactRow key={contact.id} contact={contact} />
				))}
			</ul>
		</nav>
	);
}

function ContactRow({ contact }: { contact: Contact }) {
	const open = place.value;
	const isOpen = (open.kind === "contact" || open.kind === "edit") && open.id === contact.id;
	return (
		<li>
			<a href={placeHash({ kind: "contact", id: contact.id })} aria-current={isOpen ? "page" : undefined}>
				<Avatar name={contact.name} />
				<span class="ui-grow">
					<strong class="ui-clip">{contact.name}</strong>
					<span class="ui-clip">{contact.company}</span>
				</span>
			</a>
		</li>
	);
}
