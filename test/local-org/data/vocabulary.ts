/** Words that the demo company's records are made of. Every e-mail and web address ends in the reserved `.example`. */

export const FIRST_NAMES = [
  'Aisha', 'Alan', 'Amelia', 'Andre', 'Anita', 'Beatriz', 'Ben', 'Camille', 'Carlos', 'Carmen', 'Chloe', 'Colin', 'Daniel', 'Deepa', 'Derek', 'Elena',
  'Emeka', 'Erik', 'Farah', 'Fiona', 'Frank', 'Gabriela', 'George', 'Grace', 'Hannah', 'Hector', 'Imani', 'Ingrid', 'Isaac', 'Jasmine', 'Joel', 'Julia',
  'Karim', 'Kate', 'Keiko', 'Kevin', 'Laura', 'Leo', 'Lin', 'Luis', 'Maria', 'Mark', 'Maya', 'Miguel', 'Naomi', 'Nathan', 'Nina', 'Olivia', 'Omar', 'Paul',
  'Petra', 'Rachel', 'Rafael', 'Ravi', 'Rosa', 'Ryan', 'Sandra', 'Simon', 'Sofia', 'Steven', 'Tara', 'Theo', 'Thomas', 'Valerie', 'Victor', 'Wei', 'Yusuf', 'Zoe',
] as const; // prettier-ignore

export const LAST_NAMES = [
  'Abbott', 'Adeyemi', 'Alvarez', 'Andersson', 'Baker', 'Banerjee', 'Becker', 'Bell', 'Bianchi', 'Brooks', 'Carter', 'Castillo', 'Chan', 'Cohen', 'Coleman',
  'Cruz', 'Dawson', 'Delgado', 'Diaz', 'Dubois', 'Ellis', 'Farrell', 'Fischer', 'Flores', 'Foster', 'Garcia', 'Gupta', 'Hansen', 'Harris', 'Hayes', 'Hoffman',
  'Hughes', 'Ibrahim', 'Ito', 'Jensen', 'Johnson', 'Kaur', 'Keller', 'Kim', 'Kowalski', 'Larsen', 'Lee', 'Lopez', 'Marino', 'Martin', 'Mehta', 'Meyer', 'Morgan',
  'Murphy', 'Nakamura', 'Nguyen', 'Novak', 'Ortiz', 'Osei', 'Park', 'Patel', 'Pereira', 'Quinn', 'Reed', 'Rossi', 'Ruiz', 'Schmidt', 'Shah', 'Silva', 'Singh',
  'Sullivan', 'Tanaka', 'Torres', 'Turner', 'Vargas', 'Walsh', 'Weber', 'Wong', 'Wright', 'Young', 'Zhang',
] as const; // prettier-ignore

const PLACES = [
  'Alder Ridge', 'Bayfield', 'Beacon Hill', 'Birchwood', 'Blue Harbor', 'Brightwater', 'Calloway', 'Cedar Valley', 'Clearbrook', 'Copperfield', 'Crestline',
  'Eastgate', 'Fairmont', 'Fox River', 'Glenwood', 'Granite Bay', 'Greenfield', 'Harborview', 'Highland', 'Ironwood', 'Juniper', 'Kestrel', 'Lakeshore', 'Lindholm',
  'Maplewood', 'Meridian', 'Millbrook', 'North Shore', 'Oakhurst', 'Palisade', 'Pinecrest', 'Redstone', 'Riverbend', 'Rosewood', 'Silver Creek', 'Stonebridge',
  'Summit', 'Tidewater', 'Union Square', 'Westbrook',
] as const; // prettier-ignore

interface Line {
  readonly industry: string;
  readonly suffixes: readonly string[];
}

const LINES: readonly Line[] = [
  { industry: 'Manufacturing', suffixes: ['Precision Parts', 'Castings', 'Tooling'] },
  { industry: 'Healthcare', suffixes: ['Health Network', 'Diagnostics', 'Family Clinics'] },
  { industry: 'Retail', suffixes: ['Outfitters', 'Home Goods', 'Markets'] },
  { industry: 'Technology', suffixes: ['Analytics', 'Data Systems'] },
  { industry: 'Finance', suffixes: ['Credit Union', 'Capital Partners'] },
  { industry: 'Insurance', suffixes: ['Mutual Insurance'] },
  { industry: 'Energy', suffixes: ['Wind Power', 'Solar'] },
  { industry: 'Transportation', suffixes: ['Freight Lines', 'Logistics'] },
  { industry: 'Food & Beverage', suffixes: ['Foods', 'Brewing Company'] },
  { industry: 'Construction', suffixes: ['Builders', 'Paving'] },
  { industry: 'Education', suffixes: ['University', 'College'] },
  { industry: 'Hospitality', suffixes: ['Hotels'] },
];

/** Company names with their industry, no name twice: neighbouring ones differ in both parts. */
export function companyNames(count: number, skip = 0): { name: string; industry: string }[] {
  const kinds = LINES.flatMap((line) => line.suffixes.map((suffix) => ({ suffix, industry: line.industry })));
  const names: { name: string; industry: string }[] = [];
  for (let index = skip; index < skip + count; index += 1) {
    const round = Math.floor(index / PLACES.length);
    const place = PLACES[index % PLACES.length];
    const kind = kinds[(index * 5 + round * 7) % kinds.length];
    if (!place || !kind) throw new Error('vocabulary is empty');
    names.push({ name: `${place} ${kind.suffix}`, industry: kind.industry });
  }
  return names;
}

export const CITIES: readonly { readonly city: string; readonly state: string; readonly area: string; readonly west: boolean }[] = [
  { city: 'Boston', state: 'MA', area: '617', west: false },
  { city: 'Hartford', state: 'CT', area: '860', west: false },
  { city: 'Philadelphia', state: 'PA', area: '215', west: false },
  { city: 'Pittsburgh', state: 'PA', area: '412', west: false },
  { city: 'Charlotte', state: 'NC', area: '704', west: false },
  { city: 'Atlanta', state: 'GA', area: '404', west: false },
  { city: 'Columbus', state: 'OH', area: '614', west: false },
  { city: 'Chicago', state: 'IL', area: '312', west: false },
  { city: 'Denver', state: 'CO', area: '303', west: true },
  { city: 'Phoenix', state: 'AZ', area: '602', west: true },
  { city: 'Portland', state: 'OR', area: '503', west: true },
  { city: 'Seattle', state: 'WA', area: '206', west: true },
  { city: 'San Diego', state: 'CA', area: '619', west: true },
  { city: 'Sacramento', state: 'CA', area: '916', west: true },
  { city: 'Salt Lake City', state: 'UT', area: '801', west: true },
];

export const CONTACT_TITLES = [
  'Chief Financial Officer', 'VP of Operations', 'Director of IT', 'Procurement Manager', 'Head of Finance', 'Operations Manager', 'IT Manager', 'Controller',
  'Plant Manager', 'Director of Supply Chain', 'Business Systems Analyst', 'Chief Information Officer',
] as const; // prettier-ignore

/** What the company sells, and the range of a year's price in dollars. */
export const PRODUCTS: readonly { readonly name: string; readonly from: number; readonly to: number }[] = [
  { name: 'Planning Suite', from: 60_000, to: 240_000 },
  { name: 'Inventory Cloud', from: 35_000, to: 160_000 },
  { name: 'Supplier Portal', from: 18_000, to: 70_000 },
  { name: 'Analytics Add-on', from: 8_000, to: 40_000 },
  { name: 'Premium Support', from: 6_000, to: 25_000 },
];

export const NEXT_STEPS = [
  'Send revised quote', 'Security review with their IT', 'Reference call with a customer in their industry', 'Book executive sponsor meeting', 'Legal is reviewing the order form',
  'Confirm budget owner', 'Demo of the reporting module', 'Walk through the implementation plan', 'Waiting for procurement', 'Agree on start date',
] as const; // prettier-ignore

export const TASK_SUBJECTS = [
  'Call', 'Email: pricing follow-up', 'Email: security questionnaire', 'Send quote', 'Send customer references', 'Call: renewal terms', 'Prepare business case',
  'Email: meeting notes', 'Follow up on trial access', 'Check in after go-live',
] as const; // prettier-ignore

export const EVENT_SUBJECTS = [
  'Discovery call', 'Product demo', 'Pricing review', 'Quarterly business review', 'On-site visit', 'Technical workshop', 'Contract walk-through', 'Executive meeting',
] as const; // prettier-ignore

export const TASK_NOTES = [
  'They liked the forecast screen and want their finance lead to see it next.', 'Left a voicemail, will try again in two days.',
  'Budget is approved for this year; they need the order form before the board meets.', 'Asked for a discount on three years. Told them I would come back with options.',
  'Their current contract ends in the spring, so there is time but no slack.', 'Data residency came up again. Sent the security paper.',
  'Main worry is the migration from spreadsheets.', 'The champion is on leave until the end of the month.',
] as const; // prettier-ignore

export const CASES: readonly { readonly subject: string; readonly description: string }[] = [
  {
    subject: 'CSV export stops at 10,000 rows',
    description: 'The export of the stock list ends after 10,000 rows without a message. We need the full list for the audit.',
  },
  {
    subject: 'Users cannot sign in after password policy change',
    description: 'Since this morning about twenty users get "session expired" right after signing in.',
  },
  {
    subject: 'Dashboard shows yesterday’s figures',
    description: 'The planning dashboard has not refreshed since last night, although the import ran.',
  },
  {
    subject: 'Duplicate supplier records after import',
    description: 'The last supplier import created every record twice. How can we merge them?',
  },
  { subject: 'Question about the new invoice', description: 'The invoice lists two more seats than we ordered. Please check.' },
  { subject: 'API returns 503 at night', description: 'Our nightly sync fails between 2 and 3 a.m. with status 503.' },
  {
    subject: 'Please add a second administrator',
    description: 'Our administrator leaves at the end of the month. Please set up her successor.',
  },
  {
    subject: 'Report totals differ from the list',
    description: 'The total on the purchasing report is lower than the sum of the list below it.',
  },
  {
    subject: 'Slow loading of the order screen',
    description: 'The order screen takes more than twenty seconds to open in the Denver office.',
  },
  { subject: 'Training material for new colleagues', description: 'We have six new planners. Is there an introduction course?' },
];

export const CASE_COMMENTS = [
  'Reproduced on our side and handed to engineering.', 'Asked the customer for the log file of the last run.', 'Workaround given: run the export by region.',
  'Customer confirmed that it works again.', 'Fix is planned for the next release.', 'Called the customer, left a message.', 'Raised the priority after a call with their manager.',
] as const; // prettier-ignore
