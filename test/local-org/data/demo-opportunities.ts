import type { Calendar } from './calendar.ts';
import { text, type DemoRecord } from './demo-record.ts';
import { STAGES } from '../src/schema/standard/stages.ts';
import type { Random } from './random.ts';
import { NEXT_STEPS, PRODUCTS } from './vocabulary.ts';

const OPPORTUNITIES = 800;
/** How many are the same every time. */
export const FEATURED_DEALS = 4;

/** What makes one deal; days count from today. */
interface Deal {
  readonly account: DemoRecord;
  readonly name: string;
  readonly stage: string;
  readonly amount: number | null;
  readonly close: number;
  readonly created: number;
  readonly stageChanged: number;
  /** Still in the stage in which it was made. */
  readonly unmoved: boolean;
  readonly nextStep: string | null;
  readonly type: string;
  readonly pushes: number;
}

/** The first few are the same every time, so that a demo can name them; the rest is drawn. */
export function demoOpportunities(
  random: Random,
  calendar: Calendar,
  nextId: (object: string) => string,
  accounts: readonly DemoRecord[],
): DemoRecord[] {
  const featured = featuredDeals(calendar, accounts);
  const drawn = Array.from({ length: OPPORTUNITIES - featured.length }, (_, index) => drawnDeal(random, calendar, accounts, index));
  return [...featured, ...drawn].map((deal) => record(deal, random, calendar, nextId));
}

function featuredDeals(calendar: Calendar, accounts: readonly DemoRecord[]): Deal[] {
  const [acme, second, third] = accounts;
  if (!acme || !second || !third) throw new Error('the demo company needs accounts');
  const soon = Math.min(calendar.daysToQuarterEnd(), 9);
  return [
    {
      account: acme, name: 'Acme Manufacturing - Planning Suite renewal', stage: 'Commit', amount: 184_000, close: soon, created: -140, stageChanged: -12, unmoved: false,
      nextStep: 'Legal is reviewing the order form', type: 'Existing Customer - Replacement', pushes: 0,
    },
    {
      account: acme, name: 'Acme Manufacturing - Supplier Portal for the Ohio plant', stage: 'Proposal/Price Quote', amount: 52_500, close: soon + 45, created: -60,
      stageChanged: -20, unmoved: false, nextStep: 'Demo of the reporting module', type: 'Existing Customer - Upgrade', pushes: 1,
    },
    {
      account: second, name: `${text(second, 'Name')} - Inventory Cloud`, stage: 'Commit', amount: 128_000, close: calendar.daysToQuarterEnd(), created: -190,
      stageChanged: -48, unmoved: false, nextStep: null, type: 'New Customer', pushes: 3,
    },
    {
      account: third, name: `${text(third, 'Name')} - Planning Suite`, stage: 'Negotiation/Review', amount: 210_000, close: -6, created: -230, stageChanged: -95, unmoved: false,
      nextStep: 'Waiting for procurement', type: 'New Customer', pushes: 2,
    },
  ]; // prettier-ignore
}

const OPEN_STAGES = {
  Prospecting: 16,
  Qualification: 20,
  'Needs Analysis': 20,
  'Proposal/Price Quote': 20,
  'Negotiation/Review': 14,
  Commit: 10,
};

/** How often deals were pushed: what is won went through more than what is open has so far. */
const OPEN_PUSHES = { 0: 68, 1: 24, 2: 4, 3: 3, 4: 1 };
const WON_PUSHES = { 0: 60, 1: 10, 2: 10, 3: 10, 4: 10 };
/** Days before a deal can have been pushed. */
const PUSHED_FROM = 20;
const LARGE = 100_000;

function drawnDeal(random: Random, calendar: Calendar, accounts: readonly DemoRecord[], index: number): Deal {
  const account = random.pick(accounts);
  const product = random.pick(PRODUCTS);
  const existing = text(account, 'Type').startsWith('Customer');
  const type = existing ? random.pick(['Existing Customer - Upgrade', 'Existing Customer - Replacement']) : 'New Customer';
  const fate = random.weighted({ open: 50, won: 30, lost: 20 });
  const stage = fate === 'open' ? random.weighted(OPEN_STAGES) : fate === 'won' ? 'Closed Won' : 'Closed Lost';
  const open = fate === 'open';
  // Some open deals have passed their close date; commits close soon.
  const close = !open ? -random.int(0, 540) : random.chance(0.04) ? -random.int(1, 30) : random.int(1, stage === 'Commit' ? 75 : 270);
  // Most deals move on within weeks, those that are committed sooner; about a tenth is stuck.
  const sinceStage = random.chance(0.09) ? random.int(46, 200) : random.int(0, stage === 'Commit' ? 20 : 28);
  const unmoved = stage === STAGES[0]?.name || random.chance(0.04);
  const created = open && unmoved ? Math.min(-sinceStage, close - 5) : Math.min(close, 0) - random.int(20, 240);
  const amount = open && random.chance(0.04) ? null : random.int(product.from / 500, product.to / 500) * 500;
  // Large deals rarely lack a plan.
  const withoutNextStep = amount !== null && amount >= LARGE ? 0.1 : 0.25;
  const suffix = type === 'Existing Customer - Replacement' ? `${product.name} renewal` : product.name;
  return {
    account,
    name: `${text(account, 'Name')} - ${suffix}${index % 7 === 3 ? ` ${calendar.year()}` : ''}`,
    stage,
    amount,
    close: open ? calendar.workday(close) : close,
    created,
    stageChanged: open ? Math.max(created, -sinceStage) : close,
    unmoved,
    nextStep: !open || random.chance(withoutNextStep) ? null : random.pick(NEXT_STEPS),
    type,
    pushes: fate === 'lost' || (open && created > -PUSHED_FROM) ? 0 : Number(random.weighted(open ? OPEN_PUSHES : WON_PUSHES)),
  };
}

function record(deal: Deal, random: Random, calendar: Calendar, nextId: (object: string) => string): DemoRecord {
  const stage = STAGES.find((one) => one.name === deal.stage);
  if (!stage) throw new Error(`the org has no stage ${deal.stage}`);
  const owner = text(deal.account, 'OwnerId');
  const closeDate = calendar.day(deal.close);
  const { year, quarter } = calendar.fiscalPeriod(closeDate);
  return {
    object: 'Opportunity',
    id: nextId('Opportunity'),
    createdAt: calendar.at(deal.created, 15, random.int(0, 59)),
    changedAt: calendar.at(Math.max(deal.stageChanged, Math.min(0, deal.close)), 17, random.int(0, 59)),
    createdBy: owner,
    values: {
      Name: deal.name,
      AccountId: deal.account.id,
      OwnerId: owner,
      StageName: stage.name,
      IsClosed: stage.isClosed,
      IsWon: stage.isWon,
      Probability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
      Amount: deal.amount,
      ExpectedRevenue: deal.amount === null ? null : (deal.amount * stage.probability) / 100,
      CloseDate: closeDate,
      FiscalYear: year,
      FiscalQuarter: quarter,
      Fiscal: `${year} ${quarter}`,
      NextStep: deal.nextStep,
      Type: deal.type,
      LeadSource: random.weighted({ Web: 35, 'Phone Inquiry': 20, 'Partner Referral': 25, 'Purchased List': 8, Other: 12 }),
      // Empty until the stage first changes.
      LastStageChangeDate: deal.unmoved ? null : calendar.at(deal.stageChanged, 17),
      PushCount: deal.pushes,
    },
  };
}
