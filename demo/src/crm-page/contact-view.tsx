import type { Interaction } from "@inlay/contract";
import { Button, EmptyState, Icon, Spinner } from "@inlay/ui";
import type { Contact } from "../crm/model.ts";
import { isSameNumber, phoneText } from "../crm/phone-numbers.ts";
import { Avatar } from "./avatar.tsx";
import { mediumOf } from "./caller.ts";
import { crm } from "./crm-client.ts";
import { goTo } from "./place.ts";
import { strings } from "./strings.ts";
import { Timeline } from "./timeline.tsx";
import { useLoaded } from "./use-loaded.ts";
import type { Workplace } from "./workplace.ts";

/** One contact: who it is, how to reach them, what has happened. */
export function ContactView({ id, activityId, work }: { id: string; activityId?: string; work: Workplace }) {
	const loaded = useLoaded(() => crm.contact(id), [id, work.revision.value]);
	if (loaded.kind === "loading") return <Spinner label={strings.contacts} />;
	if (loaded.kind === "failed") return <EmptyState icon="user" title={loaded.text} />;
	const { contact, activities } = loaded.value;
	return (
		<article class="contact" aria-labelledby="contact-name">
			<header class="contact-head">
				<Avatar name={contact.name} large />
				<div class="ui-grow">
					<h1 id="contact-name">{contact.name}</h1>
					<p>{[contact.title, contact.company].filter(Boolean).join(" · ")}</p>
				</div>
				<div class="contact-actions">
					<LinkCall contact={contact} work={work} />
					<Button icon="edit" onClick={() => goTo({ kind: "edit", id: contact.id })}>
						{strings.edit}
					</Button>
				</div>
			</header>
			<section class="card" aria-labelledby="details-title">
				<h2 id="details-title">{strings.details}</h2>
				<dl class="facts">
					{contact.phones.map((phone) => (
						<div key={phone.number}>
							<dt>{phone.label}</dt>
							<dd>
								<button
									type="button"
									class="number"
									data-dial={phone.number}
									aria-label={strings.callNumber.replace("{number}", phoneText(phone.number))}
									onClick={() => work.dial(phone.number, contact)}
								>
									<Icon name="phone" size={14} />
									<span class="ui-number">{phoneText(phone.number)}</span>
								</button>
							</dd>
						</div>
					))}
					<Fact name={strings.email} value={contact.email} />
					<Fact name={strings.city} value={contact.city} />
				</dl>
			</section>
			<section class="card" aria-labelledby="activities-title">
				<h2 id="activities-title">{strings.activities}</h2>
				<Timeline activities={activities} marked={activityId} />
			</section>
		</article>
	);
}

function Fact({ name, value }: { name: string; value: string }) {
	if (!value) return null;
	return (
		<div>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</div>
	);
}

function linkText(call: Interaction): string {
	if (call.isEmail) return strings.linkEmail;
	return mediumOf(call) === "message" ? strings.linkMessage : strings.linkCall;
}

/** Offered while somebody is in hand who is not this contact by number or address. */
function LinkCall({ contact, work }: { contact: Contact; work: Workplace }) {
	const call = work.calls.running.value ?? work.calls.ringing.value;
	if (!call) return null;
	const address = call.displayAddress ?? call.phone ?? "";
	if (contact.phones.some(({ number }) => isSameNumber(number, address))) return null;
	return (
		<Button icon={mediumOf(call) === "message" ? "log" : "phone"} onClick={() => work.associate(contact, call)}>
			{linkText(call)}
		</Button>
	);
}
