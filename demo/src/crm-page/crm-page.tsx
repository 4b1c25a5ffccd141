import { Banner, Button, EmptyState, IconButton } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { phoneText } from "../crm/phone-numbers.ts";
import { numbersToTry, ringTimes } from "../facts.ts";
import { CallBar } from "./call-bar.tsx";
import { EditContact, NewContact } from "./contact-form.tsx";
import { ContactList } from "./contact-list.tsx";
import { ContactView } from "./contact-view.tsx";
import { goTo, place, placeHash } from "./place.ts";
import { strings } from "./strings.ts";
import type { Workplace } from "./workplace.ts";

/** The frame of the panel. The host page finds it by this id, as is customary (framework-contract 1.1). */
export const panelFrameId = "softphone";

export interface CrmPageProps {
	work: Workplace;
	panelUrl: string;
	/** Address of the page that explains the demo. */
	demoPage: string;
}

/** The whole CRM: contacts, the open one, and the docked panel. */
export function CrmPage({ work, panelUrl, demoPage }: CrmPageProps) {
	return (
		<div class="crm" data-place={place.value.kind}>
			<a class="skip" href="#main-content">
				{strings.skip}
			</a>
			<header class="crm-head">
				<a class="crm-brand" href="#/">
					<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
						<path d="M12 4a6 6 0 0 1 6 6H6a6 6 0 0 1 6-6zM11 10h2v8h3v2H8v-2h3z" fill="currentColor" />
					</svg>
					<span>{strings.brand}</span>
				</a>
				<a class="crm-about" href={demoPage}>
					{strings.demoPage}
				</a>
				<CallBar work={work} />
			</header>
			<ContactList work={work} />
			<main class="crm-main" id="main-content" tabIndex={-1}>
				<Back />
				<Shown work={work} />
			</main>
			<div class="crm-notices">
				<Problem work={work} />
				<WaitingCall work={work} />
				<Notice work={work} />
			</div>
			<PanelDock panelUrl={panelUrl} work={work} />
		</div>
	);
}

function Shown({ work }: { work: Workplace }) {
	const shown = place.value;
	switch (shown.kind) {
		case "contact":
			return <ContactView key={shown.id} id={shown.id} activityId={shown.activityId} work={work} />;
		case "edit":
			return <EditContact key={shown.id} id={shown.id} work={work} />;
		case "new":
			return <NewContact key={placeHash(shown)} {...shown} work={work} />;
		case "list":
			return (
				<EmptyState icon="users" title={strings.chooseTitle}>
					<p>{strings.chooseText}</p>
					<details class="numbers-to-try">
						<summary>{strings.numbersToTry}</summary>
						<ul>
							{numbersToTry.map(({ number, text }) => (
								<li key={number}>
									<button type="button" class="number" data-dial={number} onClick={() => work.dial(number)}>
										<span class="ui-number">{number}</span>
									</button>{" "}
									{text}
								</li>
							))}
						</ul>
						<p>{ringTimes}</p>
					</details>
				</EmptyState>
			);
	}
}

/** On narrow pages the list is a page of its own. */
function Back() {
	if (place.value.kind === "list") return null;
	return (
		<button type="button" class="ui-button crm-back" data-kind="quiet" onClick={() => goTo({ kind: "list" })}>
			← {strings.back}
		</button>
	);
}

function Problem({ work }: { work: Workplace }) {
	if (!work.problem.value) return null;
	const dismiss = () => {
		work.problem.value = undefined;
	};
	return (
		<Banner
			tone="bad"
			urgent
			action={<IconButton label={strings.dismiss} icon="close" size="small" onClick={dismiss} />}
		>
			{work.problem.value}
		</Banner>
	);
}

/** A number was clicked, and nobody has signed in. */
function WaitingCall({ work }: { work: Workplace }) {
	const waiting = work.waitingCall.value;
	if (!waiting) return null;
	const dismiss = () => {
		work.waitingCall.value = undefined;
	};
	const sentence = strings.signInToCall.replace("{number}", () => phoneText(waiting.number));
	return (
		<Banner
			tone="info"
			urgent
			action={<IconButton label={strings.dismiss} icon="close" size="small" onClick={dismiss} />}
		>
			<span data-crm="waiting-call">{sentence}</span>
		</Banner>
	);
}

/** Somebody calls while the agent is at work here. */
function Notice({ work }: { work: Workplace }) {
	const notice = work.notice.value;
	if (!notice) return null;
	const dismiss = () => {
		work.notice.value = undefined;
	};
	const open = () => {
		dismiss();
		goTo(notice.to);
	};
	return (
		<Banner
			tone="info"
			action={
				<>
					<Button size="small" data-crm="open-notice" onClick={open}>
						{strings.open}
					</Button>
					<IconButton label={strings.dismiss} icon="close" size="small" onClick={dismiss} />
				</>
			}
		>
			{notice.text}
		</Banner>
	);
}

/**
 * The panel stays in the page whatever is shown; where there is little room it is drawn over the page and can be folded. Who has
 * to sign in there sees where.
 */
function PanelDock({ panelUrl, work }: { panelUrl: string; work: Workplace }) {
	const [open, setOpen] = useState(false);
	const opensItself = useRef(false);
	const isWanted = work.calls.ringing.value !== undefined || work.status.value === undefined;
	useEffect(() => {
		if (isWanted && !open) {
			opensItself.current = true;
			setOpen(true);
		}
		// Nobody has opened it, and nothing is to be done in it: it is in the way of the page.
		if (!isWanted && opensItself.current && work.calls.running.value === undefined) setOpen(false);
	}, [isWanted]);
	const toggle = () => {
		opensItself.current = false;
		setOpen(!open);
	};
	return (
		<aside class="dock" aria-label={strings.phonePanel} data-open={open ? "true" : "false"}>
			<button
				type="button"
				class="ui-button dock-toggle"
				data-kind="primary"
				aria-expanded={open}
				aria-controls={panelFrameId}
				onClick={toggle}
			>
				{open ? strings.hidePhone : strings.showPhone}
			</button>
			<iframe
				id={panelFrameId}
				title={strings.phonePanel}
				src={panelUrl}
				allow="camera *; microphone *; autoplay *; hid *"
			/>
		</aside>
	);
}
