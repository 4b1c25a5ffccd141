import { Button, locale } from "@inlay/ui";
import { failureText } from "../../shell/failure.ts";
import { Pager } from "../../shell/pager.tsx";
import { Load, Section } from "../../shell/parts.tsx";
import type { AsideModel, HeldMail } from "./aside-model.ts";
import { a } from "./strings.ts";

interface AsideProps {
	model: AsideModel;
	mayChange: boolean;
}

/** What an address keeps aside, so that nothing is lost by mistake: each email can be let in, each sender as well. */
export function AsideSection({ model, mayChange }: AsideProps) {
	const { error } = model.working;
	return (
		<Section title={a("title")} hint={a("hint")}>
			<Blocked {...{ model, mayChange }} />
			<Held {...{ model, mayChange }} />
			{error.value !== undefined && (
				<p class="ui-error" role="alert">
					{failureText(error.value)}
				</p>
			)}
		</Section>
	);
}

function Blocked({ model, mayChange }: AsideProps) {
	return (
		<Load from={model.blocked}>
			{(all) =>
				all.length > 0 && (
					<ul class="ui-stack" aria-label={a("blocked")}>
						{all.map(({ sender }) => (
							<li key={sender} class="ui-row" data-blocked={sender}>
								<bdi class="ui-grow">{a("blockedOne", { sender })}</bdi>
								{mayChange && (
									<Button size="small" busy={model.working.busy.value} onClick={() => void model.unblock(sender)}>
										{a("unblock")}
									</Button>
								)}
							</li>
						))}
					</ul>
				)
			}
		</Load>
	);
}

function Held({ model, mayChange }: AsideProps) {
	return (
		<Load from={model.held.slice}>
			{({ entities }) =>
				entities.length === 0 ? (
					<p class="ui-hint">{a("nothing")}</p>
				) : (
					<>
						<ul class="ui-stack" aria-label={a("held")}>
							{entities.map((one) => (
								<li key={one.id} class="ui-row" data-held={one.id}>
									<About mail={one} />
									{mayChange && (
										<Button size="small" busy={model.working.busy.value} onClick={() => void model.release(one.id)}>
											{a("release")}
										</Button>
									)}
								</li>
							))}
						</ul>
						<Pager list={model.held} />
					</>
				)
			}
		</Load>
	);
}

function About({ mail: { from, subject, why, at } }: { mail: HeldMail }) {
	const time = new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(
		Date.parse(at),
	);
	return (
		<span class="ui-grow">
			<bdi>{from}</bdi> · <bdi>{subject}</bdi>
			<br />
			<span class="ui-hint">
				{time}
				{isKnown(why) && ` · ${a(`why_${why}`)}`}
			</span>
		</span>
	);
}

const reasons = ["blocked", "spam", "automatic", "many", "unread", "noAddress"] as const;
type Reason = (typeof reasons)[number];

function isKnown(why: string | undefined): why is Reason {
	return reasons.some((one) => one === why);
}
