/** What the interface knows about the kinds of lanes and maps: names, icons, tints, the fields their cards show. */
import { t } from "../i18n.js";

/** @typedef {import("../types").LaneKind} LaneKind */
/** @typedef {import("../types").Color} Color */

/**
 * @typedef {object} LaneLook
 * @property {string} label
 * @property {string} icon
 * @property {Color} tint of the title
 * @property {Color} card what a new card is coloured
 * @property {string} about one sentence for the picker
 */

/** @type {Record<LaneKind, LaneLook>} in the order of the picker */
export const LANES = {
  actions: { label: "Actions", icon: "footprints", tint: "grey", card: "yellow", about: "What the person does" },
  touchpoints: {
    label: "Touchpoints",
    icon: "radio",
    tint: "blue",
    card: "blue",
    about: "Where they meet you, and through which channel",
  },
  emotions: {
    label: "Emotions",
    icon: "heart",
    tint: "orange",
    card: "yellow",
    about: "A curve of how it feels, one line a persona",
  },
  thoughts: {
    label: "Thoughts",
    icon: "message-square",
    tint: "grey",
    card: "white",
    about: "What goes through their head, in their words",
  },
  questions: { label: "Questions", icon: "questions", tint: "violet", card: "white", about: "What they need answered" },
  goals: { label: "Goals", icon: "target", tint: "green", card: "green", about: "What they want to reach" },
  pain_points: {
    label: "Pain points",
    icon: "triangle-alert",
    tint: "red",
    card: "red",
    about: "What hurts, how much and how often",
  },
  opportunities: {
    label: "Opportunities",
    icon: "lightbulb",
    tint: "teal",
    card: "teal",
    about: "Ideas, weighed by impact and effort",
  },
  channels: {
    label: "Channels and processes",
    icon: "route",
    tint: "blue",
    card: "blue",
    about: "Which channels carry the step",
  },
  metrics: { label: "Metrics", icon: "chart-line", tint: "violet", card: "grey", about: "Numbers: target and current" },
  text: { label: "Notes", icon: "text", tint: "grey", card: "yellow", about: "Anything else" },
  images: { label: "Storyboard", icon: "image", tint: "grey", card: "white", about: "Pictures of what happens" },
  files: {
    label: "Files and links",
    icon: "paperclip",
    tint: "grey",
    card: "white",
    about: "Documents, recordings, links",
  },
  personas: { label: "Personas involved", icon: "users", tint: "violet", card: "violet", about: "Who is there" },
  owners: { label: "Owners", icon: "building-2", tint: "grey", card: "grey", about: "Which team is responsible" },
  evidence: {
    label: "Evidence",
    icon: "evidence",
    tint: "teal",
    card: "white",
    about: "Quotes, figures, tickets that back it up",
  },
  physical_evidence: {
    label: "Physical evidence",
    icon: "package",
    tint: "grey",
    card: "grey",
    about: "What the customer can touch or see",
  },
  customer_actions: {
    label: "Customer actions",
    icon: "person",
    tint: "grey",
    card: "yellow",
    about: "Blueprint: what the customer does",
  },
  frontstage: {
    label: "Frontstage",
    icon: "store",
    tint: "orange",
    card: "orange",
    about: "Blueprint: what staff do in view",
  },
  backstage: {
    label: "Backstage",
    icon: "layers",
    tint: "violet",
    card: "violet",
    about: "Blueprint: what happens out of view",
  },
  support: {
    label: "Support processes",
    icon: "wrench",
    tint: "grey",
    card: "grey",
    about: "Blueprint: what others must provide",
  },
};

/** @param {string} kind @returns {LaneLook} */
export const laneLook = (kind) => LANES[/** @type {LaneKind} */ (kind)] ?? LANES.text;

/** @type {readonly Color[]} */
export const COLORS = ["yellow", "orange", "pink", "red", "violet", "blue", "teal", "green", "grey", "white"];

/** @type {Record<string, string>} */
export const MAP_KINDS = {
  current_state: "Current state",
  future_state: "Future state",
  day_in_the_life: "Day in the life",
  service_blueprint: "Service blueprint",
  buyer_journey: "Buyer’s journey",
  customer_support: "Customer support journey",
  lead_nurturing: "Lead nurturing",
  churn: "Churn",
  channel: "Channel-specific",
  experience: "Experience map",
  empathy_map: "Empathy map",
  blank: "Blank",
};
/** @type {Record<string, string>} */
export const MAP_STATUSES = { draft: "Draft", in_review: "In review", published: "Published", archived: "Archived" };
/** @type {Record<string, string>} */
export const QUALITIES = { good: "Good", ok: "OK", bad: "Bad" };
/** @type {Record<string, string>} */
export const OPPORTUNITY_STATUSES = {
  idea: "Idea",
  planned: "Planned",
  in_progress: "In progress",
  done: "Done",
  dropped: "Dropped",
};
export const CHANNELS = [
  "web",
  "app",
  "e-mail",
  "phone",
  "store",
  "chat",
  "social",
  "sms",
  "print",
  "post",
  "video",
  "event",
  "self-service",
  "person",
];

/** Lines of a service blueprint, drawn where one lane kind meets another. @type {Record<string, string>} */
const LINES = {
  "customer_actions/frontstage": "Line of interaction",
  "frontstage/backstage": "Line of visibility",
  "backstage/support": "Line of internal interaction",
};

/** @param {string | undefined} above @param {string} below kinds of two neighbouring lanes */
export function lineBetween(above, below) {
  const line = LINES[`${above}/${below}`];
  return line ? t(line) : "";
}

const CHANNEL_ICONS = /** @type {Record<string, string>} */ ({
  web: "globe",
  app: "smartphone",
  "e-mail": "mail",
  email: "mail",
  phone: "phone",
  store: "store",
  chat: "message-circle",
  social: "share-2",
  sms: "sms",
  print: "printer",
  post: "mail",
  video: "video",
  event: "calendar",
  "self-service": "monitor",
  person: "user",
  tv: "tv",
});
/** @param {string} channel */
export const channelIcon = (channel) => CHANNEL_ICONS[channel.trim().toLowerCase()] ?? "";
