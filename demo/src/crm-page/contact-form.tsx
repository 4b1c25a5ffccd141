import { Banner, Button, IconButton, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Contact, ContactPhone } from "../crm/model.ts";
import type { ContactInput } from "../crm/store.ts";
import { whyNew, whyNewWithoutNumber } from "./caller.ts";
import { crm } from "./crm-client.ts";
import { goTo, placeHash } from "./place.ts";
import { strings } from "./strings.ts";
import { useLoaded } from "./use-loaded.ts";
import type { Workplace } from "./workplace.ts";

/** The form for a contact that is not there yet, filled with what a call tells. */
export function NewContact(props: {
	name: string;
	phone: string;
	email?: string;
	interactionId?: string;
	work: Workplace;
}) {
	const { name, phone, email = "", interactionId, work } = props;
	const first = { name, company: "", title: "", email, city: "", phones: [{ number: phone, label: "Mobile" }] };
	return (
		<ContactForm
			title={strings.newContact}
			first={first}
			drafts={work.drafts}
			draftKey={placeHash({ kind: "new", name, phone, email, interactionId })}
			hint={interactionId ? hintOf(work, interactionId, phone) : undefined}
			cancel={() => goTo({ kind: "list" })}
			save={async (input) => {
				const contact = await crm.add(input);
				if (interactionId) work.associate(contact, interactionId);
				work.changed();
				return contact;
			}}
		/>
	);
}

/** Why the form is there: somebody calls, or is to be called. */
function hintOf(work: Workplace, interactionId: string, phone: string): string {
	const call = work.calls.all.value.find(({ id }) => id === interactionId);
	return strings[phone ? whyNew(call) : whyNewWithoutNumber(call)];
}

export function EditContact({ id, work }: { id: string; work: Workplace }) {
	const loaded = useLoaded(() => crm.contact(id), [id]);
	if (loaded.kind !== "ready") return null;
	return (
		<ContactForm
			title={loaded.value.contact.name}
			first={loaded.value.contact}
			drafts={work.drafts}
			draftKey={placeHash({ kind: "edit", id })}
			cancel={() => goTo({ kind: "contact", id })}
			save={async (input) => {
				const contact = await crm.change(id, input);
				work.changed();
				return contact;
			}}
		/>
	);
}

interface ContactFormProps {
	title: string;
	first: ContactInput;
	/** What has been typed and not saved outlives that the page shows something else. */
	drafts: Map<string, ContactInput>;
	draftKey: string;
	hint?: string;
	save: (input: ContactInput) => Promise<Contact>;
	cancel: () => void;
}

function ContactForm({ title, first, drafts, draftKey, hint, save, cancel }: ContactFormProps) {
	const [input, setInput] = useState<ContactInput>(() => drafts.get(draftKey) ?? withoutIds(first));
	const [problem, setProblem] = useState<string>();
	const [busy, setBusy] = useState(false);
	const change = (news: Partial<ContactInput>) =>
		setInput((before) => {
			const typed = { ...before, ...news };
			drafts.set(draftKey, typed);
			return typed;
		});
	const set = (name: keyof ContactInput) => (value: string) => change({ [name]: value });
	const submit = async (event: Event) => {
		event.preventDefault();
		setBusy(true);
		try {
			const contact = await save(input);
			drafts.delete(draftKey);
			goTo({ kind: "contact", id: contact.id });
		} catch (error) {
			setProblem(error instanceof Error ? error.message : String(error));
			setBusy(false);
		}
	};
	return (
		<form class="card contact-form" onSubmit={(event) => void submit(event)}>
			<h1>{title}</h1>
			{hint && <Banner tone="info">{hint}</Banner>}
			{problem && (
				<Banner tone="bad" urgent>
					{problem}
				</Banner>
			)}
			<div class="form-grid">
				<TextField label={strings.name} value={input.name} onInput={set("name")} required name="name" />
				<TextField label={strings.company} value={input.company} onInput={set("company")} name="company" />
				<TextField label={strings.title} value={input.title} onInput={set("title")} name="title" />
				<TextField label={strings.email} value={input.email} onInput={set("email")} type="email" name="email" />
				<TextField label={strings.city} value={input.city} onInput={set("city")} name="city" />
			</div>
			<PhoneFields phones={input.phones} change={(phones) => change({ phones })} />
			<div class="ui-row form-actions">
				<Button type="submit" kind="primary" busy={busy}>
					{strings.save}
				</Button>
				<Button
					kind="quiet"
					onClick={() => {
						drafts.delete(draftKey);
						cancel();
					}}
				>
					{strings.cancel}
				</Button>
			</div>
		</form>
	);
}

function PhoneFields({ phones, change }: { phones: ContactPhone[]; change: (phones: ContactPhone[]) => void }) {
	const set = (index: number, news: Partial<ContactPhone>) =>
		change(phones.map((phone, at) => (at === index ? { ...phone, ...news } : phone)));
	return (
		<div class="ui-stack">
			{phones.map((phone, index) => (
				<div class="phone-row" key={index}>
					<TextField
						label={strings.phone}
						type="tel"
						value={phone.number}
						onInput={(number) => set(index, { number })}
						name="phone"
					/>
					<TextField label={strings.phoneLabel} value={phone.label} onInput={(label) => set(index, { label })} />
					<IconButton
						label={strings.removePhone}
						icon="trash"
						onClick={() => change(phones.filter((_, at) => at !== index))}
					/>
				</div>
			))}
			<Button
				size="small"
				icon="plus"
				class="add-phone"
				onClick={() => change([...phones, { number: "", label: "Work" }])}
			>
				{strings.addPhone}
			</Button>
		</div>
	);
}

function withoutIds({ name, company, title, email, city, phones }: ContactInput): ContactInput {
	return { name, company, title, email, city, phones };
}
