/**
 * Modules below `lightning/` that are not base components.
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/reference-lightning-modules.html
 */
export const PLATFORM_MODULES: ReadonlySet<string> = new Set([
  'actions',
  'alert',
  'confirm',
  'empApi',
  'flowSupport',
  'graphql',
  'logger',
  'mediaUtils',
  'messageService',
  'mobileCapabilities',
  'modal',
  'navigation',
  'pageReferenceUtils',
  'platformResourceLoader',
  'platformShowToastEvent',
  'platformUtilityBarApi',
  'platformWorkspaceApi',
  'prompt',
  'refresh',
  'toast',
  'toastContainer',
  'uiAppsApi',
  'uiGraphQLApi',
  'uiLayoutApi',
  'uiListsApi',
  'uiListApi',
  'uiObjectInfoApi',
  'uiRecordApi',
  'uiRelatedListApi',
]);

/**
 * Base components by the name of their module: `lightning-button-icon` is `buttonIcon`.
 * @see https://developer.salesforce.com/docs/platform/lightning-component-reference/guide
 */
export const BASE_COMPONENTS: ReadonlySet<string> = new Set(
  `accordion accordionSection avatar badge barcodeScanner breadcrumb breadcrumbs button buttonGroup buttonIcon buttonIconStateful
  buttonMenu buttonStateful card carousel carouselImage checkboxGroup clickToDial combobox datatable dualListbox dynamicIcon
  fileUpload flow formattedAddress formattedDateTime formattedEmail formattedLocation formattedName formattedNumber formattedPhone
  formattedRichText formattedText formattedTime formattedUrl helptext icon input inputAddress inputField inputLocation inputName
  inputRichText layout layoutItem map menuDivider menuItem menuSubheader messages modalBody modalFooter modalHeader outputField pill
  pillContainer progressBar progressIndicator progressRing progressStep quickActionPanel radioGroup recordEditForm recordForm
  recordPicker recordViewForm relativeDateTime richTextToolbarButton richTextToolbarButtonGroup select slider spinner tab tabset
  textarea tile tree treeGrid verticalNavigation verticalNavigationItem verticalNavigationItemBadge verticalNavigationItemIcon
  verticalNavigationOverflow verticalNavigationSection`.split(/\s+/),
);

/** Where a component bundle may be used. @see https://developer.salesforce.com/docs/platform/lwc/guide/targets-introduction.html */
export const TARGETS: ReadonlySet<string> = new Set([
  'lightning__AppPage',
  'lightning__FlowScreen',
  'lightning__GlobalAction',
  'lightning__HomePage',
  'lightning__Inbox',
  'lightning__RecordAction',
  'lightning__RecordPage',
  'lightning__Tab',
  'lightning__UrlAddressable',
  'lightning__UtilityBar',
  'lightningCommunity__Default',
  'lightningCommunity__Page',
]);
