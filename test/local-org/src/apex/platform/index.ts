import { AssignmentRuleHeaderClass, DmlOptionsClass } from './Database/DmlOptions.ts';
import { DatabaseErrorClass, DeleteResultClass, SaveResultClass, UndeleteResultClass, UpsertResultClass } from './Database/results.ts';
import { ChildRelationshipClass } from './Schema/ChildRelationship.ts';
import { DescribeFieldResultClass } from './Schema/DescribeFieldResult.ts';
import { DescribeSObjectResultClass } from './Schema/DescribeSObjectResult.ts';
import { PicklistEntryClass } from './Schema/PicklistEntry.ts';
import { SObjectFieldClass } from './Schema/SObjectField.ts';
import { SObjectTypeClass } from './Schema/SObjectType.ts';
import { SObjectTypeFieldsClass } from './Schema/SObjectTypeFields.ts';
import { AccessLevelClass } from './System/AccessLevel.ts';
import { AssertClass } from './System/Assert.ts';
import { BlobClass } from './System/Blob.ts';
import { BooleanClass } from './System/Boolean.ts';
import { CryptoClass } from './System/Crypto.ts';
import { DatabaseClass } from './System/Database.ts';
import { DateClass } from './System/Date.ts';
import { DatetimeClass } from './System/Datetime.ts';
import { DecimalClass } from './System/Decimal.ts';
import { DoubleClass } from './System/Double.ts';
import { EncodingUtilClass } from './System/EncodingUtil.ts';
import { ExceptionClass, QueryExceptionClass } from './System/Exception.ts';
import { FeatureManagementClass } from './System/FeatureManagement.ts';
import { IdClass } from './System/Id.ts';
import { IntegerClass } from './System/Integer.ts';
import { IteratorClass } from './System/Iterator.ts';
import { JSONClass } from './System/JSON.ts';
import { LimitsClass } from './System/Limits.ts';
import { ListClass } from './System/List.ts';
import { LongClass } from './System/Long.ts';
import { MapClass } from './System/Map.ts';
import { MatcherClass } from './System/Matcher.ts';
import { MathClass } from './System/Math.ts';
import { PatternClass } from './System/Pattern.ts';
import { RequestClass } from './System/Request.ts';
import { RestContextClass } from './System/RestContext.ts';
import { RestRequestClass } from './System/RestRequest.ts';
import { RestResponseClass } from './System/RestResponse.ts';
import { SObjectClass } from './System/SObject.ts';
import { SchemaClass } from './System/Schema.ts';
import { SetClass } from './System/Set.ts';
import { StringClass } from './System/String.ts';
import { SystemClass } from './System/System.ts';
import { TestClass } from './System/Test.ts';
import { TimeClass } from './System/Time.ts';
import { TimeZoneClass } from './System/TimeZone.ts';
import { TriggerClass } from './System/Trigger.ts';
import { TypeClass } from './System/Type.ts';
import { UUIDClass } from './System/UUID.ts';
import { UserInfoClass } from './System/UserInfo.ts';
import type { PlatformClass } from './types.ts';

/** Every platform class that the local org implements. Whoever dispatches has made sure of the receiver by its static type. */
export const platformClasses: readonly PlatformClass<never>[] = [
  AccessLevelClass,
  AssertClass,
  BlobClass,
  BooleanClass,
  ChildRelationshipClass,
  CryptoClass,
  DatabaseClass,
  DatabaseErrorClass,
  DateClass,
  DatetimeClass,
  DecimalClass,
  DeleteResultClass,
  DescribeFieldResultClass,
  DescribeSObjectResultClass,
  DoubleClass,
  EncodingUtilClass,
  ExceptionClass,
  FeatureManagementClass,
  IdClass,
  IntegerClass,
  IteratorClass,
  JSONClass,
  LimitsClass,
  ListClass,
  LongClass,
  MapClass,
  MatcherClass,
  MathClass,
  PatternClass,
  PicklistEntryClass,
  QueryExceptionClass,
  RequestClass,
  RestContextClass,
  RestRequestClass,
  RestResponseClass,
  DmlOptionsClass,
  AssignmentRuleHeaderClass,
  SObjectClass,
  SObjectFieldClass,
  SObjectTypeClass,
  SObjectTypeFieldsClass,
  SaveResultClass,
  SchemaClass,
  SetClass,
  StringClass,
  SystemClass,
  TestClass,
  TimeClass,
  TimeZoneClass,
  TriggerClass,
  TypeClass,
  UUIDClass,
  UndeleteResultClass,
  UpsertResultClass,
  UserInfoClass,
];
