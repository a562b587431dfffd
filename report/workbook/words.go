package workbook

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"valuebook/report/dataset"
)

// fold returns a text as it is compared: lower case, without accents, every
// run of signs and spaces as one space.
func fold(text string) string {
	if len(text) > 400 {
		text = strings.ToValidUTF8(text[:400], "")
	}
	if ascii(text) {
		return foldASCII(text)
	}
	var out strings.Builder
	space := false
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && out.Len() > 0 {
				out.WriteByte(' ')
			}
			space = false
			out.WriteString(foldRune(r))
		default:
			space = true
		}
	}
	return out.String()
}

// foldASCII is fold for texts of plain letters, which most are.
func foldASCII(text string) string {
	out := make([]byte, 0, len(text))
	space := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		default:
			space = true
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = append(out, c)
	}
	return string(out)
}

func foldRune(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ł', 'Ł':
		return "l"
	case 'ø', 'Ø':
		return "o"
	case 'æ', 'Æ':
		return "ae"
	case 'ı':
		return "i"
	}
	return string(unicode.ToLower(r))
}

// words splits a list of phrases, separated by commas, into their folded forms.
func words(list string) []string {
	var out []string
	for _, phrase := range strings.Split(list, ",") {
		if f := fold(phrase); f != "" {
			out = append(out, f)
		}
	}
	return out
}

// roleCustomer is "customer" alone: an identifier, or a name where there is another
// identifier. It is resolved before the plan is finished.
const roleCustomer dataset.ColumnRole = "customer"

// Roles that a column can have only while a table is understood.
const (
	roleLabel    dataset.ColumnRole = "label"
	roleSide     dataset.ColumnRole = "side"
	roleGroup    dataset.ColumnRole = "group"
	roleTangible dataset.ColumnRole = "tangible"
	roleScaleLo  dataset.ColumnRole = "scale_min"
	roleScaleHi  dataset.ColumnRole = "scale_max"
	roleWas      dataset.ColumnRole = "unchanged_value"
	roleWasScale dataset.ColumnRole = "unchanged_scale"
	roleScale    dataset.ColumnRole = "scale"
	roleUpDown   dataset.ColumnRole = "direction"
	roleUnit     dataset.ColumnRole = "unit"
	roleQuantity                    = dataset.ColumnQuantity
	rolePrice                       = dataset.ColumnPrice
	roleStart                       = dataset.ColumnStart
	roleChurn                       = dataset.ColumnChurn
	roleOffer    dataset.ColumnRole = "offer"
	roleOwn      dataset.ColumnRole = "own"
	roleSetting  dataset.ColumnRole = "setting"
	roleValue    dataset.ColumnRole = "value"
	roleKey      dataset.ColumnRole = "key"
	roleNumber   dataset.ColumnRole = "row_number"
)

// headerWords are the words that users write over columns, by role. The first role
// that has a phrase wins.
var headerWords = []struct {
	role    dataset.ColumnRole
	phrases []string
}{
	{dataset.ColumnID, words("kunnr,kunag,kna1,sold to,sold to party,ship to party,debitornr,debitor nr,personenkonto,customer email,buyer id,subscriber id,guest id,patient id,cari kodu,musteri no,musteri numarasi,код клиента,номер клиента,رقم العميل,מספר לקוח,id,customer id,customer no,customer number,customer nr,customer code,cust id,cust no,client id,client no,client code,account id,account no,account number,account code," +
		"respondent,respondent id,respondent no,response id,participant,participant id,user id,member id,membership no,case id,company id," +
		"kunden id,kundennummer,kundennr,kunden nr,kunden no,kd nr,debitor,debitorennummer,teilnehmer," +
		"id client,numero client,no client,n client,code client,numero de client,identifiant,identifiant client,repondant," +
		"id cliente,numero de cliente,codigo cliente,codigo de cliente,cod cliente,no cliente,encuestado,codice cliente,numero cliente,rispondente," +
		"id do cliente,numero do cliente,codigo do cliente,respondente,klantnummer,klant id,klantnr,respondent nummer," +
		"客户编号,客户id,客户号,客户代码,顾客编号,顾客id,会员编号,用户id,编号,顧客id,顧客番号,顧客コード,会員id,会員番号,ユーザーid,id klienta,numer klienta,nr klienta,kundnummer,kundenummer")},
	{dataset.ColumnName, words("name1,name of your company,your company,company or organisation,musteri adi,firma adi,unvan,компания,организация,название,наименование,название компании,שם,שם הלקוח,اسم العميل,الشركة,foretag,virksomhed,name,customer name,client name,company name,account name,full name,organisation,organization,firm name,kundenname,firmenname,name des kunden,firma,unternehmen," +
		"nom,nom client,nom du client,raison sociale,societe,entreprise,nombre,nombre cliente,nombre del cliente,razon social,empresa,nome,nome cliente,nome do cliente,ragione sociale,azienda," +
		"naam,klantnaam,bedrijfsnaam,bedrijf,客户名称,客户名,客户姓名,姓名,名称,公司名称,名前,氏名,顧客名,会社名,企業名,nazwa,nazwa klienta,imie i nazwisko,namn,navn,company")},
	{dataset.ColumnSegment, words("segment,customer segment,market segment,segment name,customer group,client group,customer tier,tier,customer class,kundensegment,kundengruppe,segmento,segmento de cliente,segment client," +
		"segmento cliente,segmento do cliente,grupo de clientes,klantsegment,klantgroep,客户细分,客户群,客户类型,客户分类,细分市场,セグメント,顧客セグメント,顧客区分,segment klienta,kundesegment")},
	{dataset.ColumnPersona, words("persona,buyer persona,personas,人物画像,ペルソナ")},
	{dataset.ColumnPeriod, words("period,survey period,wave,survey wave,month,year month,reporting period,quarter,zeitraum,periode,monat,welle,quartal,berichtsmonat,periode,mois,trimestre,vague,periodo,mes,trimestre,oleada," +
		"mese,onda,maand,kwartaal,期间,月份,年月,季度,期間,月,年月度,okres,miesiac,kwartal")},
	{dataset.ColumnSupplier, words("supplier,supplier name,vendor,vendor name,rated supplier,rated company,provider,competitor,brand,lieferant,anbieter,wettbewerber,marke,fournisseur,prestataire,concurrent,marque,proveedor,competidor," +
		"marca,fornitore,concorrente,fornecedor,leverancier,aanbieder,concurrent,merk,供应商,竞争对手,品牌,厂商,サプライヤー,仕入先,供給者,競合,ブランド,dostawca,konkurent,marka")},
	{dataset.ColumnAttribute, words("attribute,attribute id,attribute name,criterion,criteria,criterium,evaluation criteria,requirement,kriterium,kriterien,merkmal,eigenschaft,attribut,critere,criteres,attribut,atributo,criterio,criterios,attributo,criteri," +
		"criterio de avaliacao,attribuut,kenmerk,criterium,属性,指标,评价指标,评价项目,准则,評価項目,項目,属性名,atrybut,kryterium,cecha")},
	{dataset.ColumnRating, words("rating,score,rate,grade,points,mark,answer,response value,bewertung,note,wertung,punkte,antwort,notation,evaluation,puntuacion,valoracion,calificacion,nota,puntaje,punteggio,voto,valutazione," +
		"avaliacao,pontuacao,beoordeling,cijfer,评分,得分,分数,打分,評価,評点,点数,スコア,ocena,punkty")},
	{dataset.ColumnImportance, words("importance,stated importance,importance rating,wichtigkeit,bedeutung,importancia,importanza,belang,belangrijkheid,重要性,重要度,waznosc,viktighet")},
	{dataset.ColumnWeight, words("weight,weights,weighting,weight pct,weight percent,gewicht,gewichtung,poids,ponderation,peso,pesos,ponderacion,pesi,ponderazione,weging,wegingsfactor,权重,比重,重み,ウェイト,ウエイト,waga,wagi,vikt,vekt")},
	{dataset.ColumnFirmValue, words("lifetime value,customer lifetime value,clv,cltv,ltv,customer equity,customer value to us,customer profit,profit,annual profit,contribution margin,gross profit,kundenwert,kundenlebenszeitwert,deckungsbeitrag," +
		"gewinn,valeur client,valeur vie client,benefice,marge,valor del cliente,valor de vida del cliente,beneficio anual,valore del cliente,utile,valor do cliente,lucro,klantwaarde,winst,客户终身价值,客户生命周期价值,利润,顧客生涯価値,利益,wartosc klienta,zysk")},
	{dataset.ColumnRevenue, words("netwr,dmbtr,wrbtr,arr,mrr,annual recurring revenue,umsatz ohne soll haben kz,tutar,toplam,ciro,сумма,выручка,оборот,продажи,стоимость,المبلغ,المبيعات,סכום,הכנסות,revenue,monetary,purchase amount,amount spent,dollars,dollar value,dollar amount,euros,annual revenue,revenue eur,revenue usd,sales,annual sales,total sales,turnover,annual turnover,sales amount,revenues,amount,total amount,total,net sales,transaction amount,order value,total price,price paid,total spent,sales value,line total,line amount,extended price,extended amount,ext price,item total,positionsbetrag,gesamtpreis,total ligne,montant ligne,importe linea,importo riga,total linha,total purchase,total revenue,umsatz,jahresumsatz," +
		"betrag,umsatz eur,gesamtbetrag,chiffre d affaires,ca,ca annuel,montant,ventas,facturacion,ingresos,importe,monto,valor total,importe total,fatturato,ricavi,importo,receita,faturamento,valor,valor da compra,omzet,jaaromzet,bedrag," +
		"customer revenue,sales revenue,gross revenue,net revenue,gross sales,billings,gesamtumsatz,nettoumsatz,bruttoumsatz,kundenumsatz,erlos,erlose,chiffre d affaires annuel,chiffre d affaires ht,ventes,ventes annuelles,total ventes,ventas anuales,ventas totales,total ventas,ventas netas,facturacion anual,ingresos anuales,fatturato annuo,vendite,vendite totali,faturamento anual,receita anual,vendas,total de vendas,total compras,netto omzet,totale omzet,verkopen," +
		"購買金額,購入額,利用金額,年間購入金額,购买金额,年收入,年销售额,销售收入,营业收入,年間売上,年間売上高,売上合計,売上額,年商,przychody,obroty,wartosc sprzedazy,intakter,arsomsattning," +
		"收入,销售额,营业额,销售金额,金额,消费金额,总金额,売上,売上高,売上金額,金額,購入金額,課金額,課金,przychod,obrot,sprzedaz,kwota,omsattning,omsetning,omsaetning")},
	{dataset.ColumnDate, words("budat,bldat,fkdat,erdat,audat,booking date,buchungstag,buchungsdatum,belegdatum,tarih,siparis tarihi,fatura tarihi,дата,дата заказа,дата покупки,التاريخ,תאריך,date,order date,purchase date,invoice date,transaction date,invoicedate,orderdate,transaction dt,sale date,sales date,datum,bestelldatum,kaufdatum,rechnungsdatum,date d achat,date de commande,date de facture,fecha,fecha de compra," +
		"fecha de pedido,fecha de factura,data,data acquisto,data transacao,data da transacao,data da compra,data do pedido,data ordine,aankoopdatum,orderdatum,factuurdatum,日期,订单日期,购买日期,交易日期,销售日期,日付,購入日,注文日,取引日,売上日,課金日,データ日付,data zakupu,data zamowienia,dato")},
	{dataset.ColumnKind, words("kind,transaction type,transaction kind,type of transaction,order status,status,vorgangsart,transaktionsart,statut,estado,stato,situacao,状态,交易类型,订单状态,種別,取引種別,ステータス")},
	{dataset.ColumnCost, words("cost of sale,cost of sales,cost of goods,cogs,cost to serve,herstellkosten,selbstkosten,cout de revient,coste de venta,costo del venduto,custo,kostprijs,成本,原価")},
	{roleQuantity, words("fkimg,kwmeng,adet,miktar,количество,кол во,الكمية,כמות,quantity,qty,units,units sold,menge,anzahl,stuckzahl,quantite,cantidad,unidades,quantita,quantidade,aantal,数量,件数,销售数量,购买数量,購入数量,販売数量,ilosc,sztuk")},
	{rolePrice, words("unit price,unitprice,price per unit,item price,list price each,einzelpreis,stuckpreis,prix unitaire,precio unitario,prezzo unitario,preco unitario,stukprijs,单价,単価,cena jednostkowa")},
	{roleStart, words("start date,startdate,customer since,since,first contact,joined,join date,sign up date,signup date,onboarding date,kunde seit,kundenbeginn,client depuis,cliente desde,fecha de alta,data inizio,cliente dal,klant sinds,入会日,登録日,开户日期,注册日期,start")},
	{roleChurn, words("churn date,churndate,churned,end date,lost on,cancel date,kundigungsdatum,abgang,date de depart,fecha de baja,data fine,data de saida,einddatum,退会日,流失日期,解約日")},
	{dataset.ColumnWorth, words("worth what paid,worth what you paid,worth what we paid,worth what they paid,worth paid,worth the price,worth the money,worth it,preis wert,ist den preis wert,vaut son prix,vale lo que cuesta,vale il prezzo,vale o preco,waard wat u betaalt,物有所值,価格に見合う")},
	{dataset.ColumnRebuy, words("would rebuy,rebuy,would buy again,buy again,repurchase,repurchase intention,would repurchase,wiederkauf,wurde wieder kaufen,wiederkaufabsicht,racheterait,rachat,volveria a comprar,recompra,ricomprerebbe,riacquisto,compraria novamente,zou opnieuw kopen,再购意愿,再购,再購入意向")},
	{dataset.ColumnRecommend, words("recommend,would recommend,recommendation,likelihood to recommend,nps,nps score,net promoter score,weiterempfehlung,weiterempfehlungsbereitschaft,recommandation,recomendacion,recomendaria,raccomandazione,recomendacao,aanbeveling,推荐度,推荐意愿,推奨度")},
	{roleSide, words("side,benefit or cost,benefit cost,cost or benefit,kind of attribute,seite,nutzen oder kosten,nutzen kosten,cote,lado,lato,kant,类别,区分")},
	{roleGroup, words("group,attribute group,component,family,dimension,gruppe,groupe,grupo,gruppo,groep,组,分组,グループ,grupa")},
	{roleTangible, words("tangible,tangibility,greifbar,materiell,tangibel,tangible y n,tangibile,tangivel,tastbaar,有形")},
	{roleScaleLo, words("scale min,scale from,scale low,scale lo,scale minimum,min,minimum,from,lowest,skala von,skala min,von,echelle min,escala min,scala min,escala minima,schaal min,schaal van,最小值,最低分,最小")},
	{roleScaleHi, words("scale max,scale to,scale high,scale hi,scale maximum,max,maximum,to,highest,skala bis,skala max,bis,echelle max,escala max,scala max,escala maxima,schaal max,schaal tot,最大值,最高分,最大")},
	{roleWas, words("unchanged value,unchanged weight,wert ohne anderung,gewicht ohne anderung")},
	{roleWasScale, words("unchanged scale,skala ohne anderung")},
	{roleScale, words("scale,rating scale,skala,echelle,escala,scala,schaal,量表,尺度")},
	{roleUpDown, words("direction,polarity,orientation,richtung,sens,direccion,sentido,direzione,direcao,richting,方向")},
	{roleUnit, words("unit,units of measure,einheit,unite,unidad,unita,unidade,eenheid,单位,単位,jednostka")},
	{roleLabel, words("label,attribute label,description,bezeichnung,beschreibung,libelle,descripcion,etiqueta,descrizione,etichetta,descricao,omschrijving,说明,描述,ラベル,opis")},
	{roleOwn, words("own,ours,is own,is ours,our offer,us,eigen,unser,eigenes angebot,notre,le notre,propio,nostro,proprio,eigen aanbod,我方,自社")},
	{roleOffer, words("offer,idea,ideas,alternative ideas,proposal,proposals,project proposal,concepts,designs,candidates,offers,product,product name,option,options,alternative,alternatives,alternativen,candidate,model,solution,solutions,bid,bidder,tender,concept,design,angebot,produkt,modell,losung,offre,produit,modele,oferta,producto,opcion,alternativa,modelo," +
		"offerta,prodotto,opzione,modello,produto,opcao,aanbieding,product naam,optie,alternatief,产品,方案,型号,选项,製品,商品,案,選択肢,oferta,produkt,wariant")},
	{roleSetting, words("setting,settings,parameter,parameters,einstellung,parametre,reglage,parametro,ajuste,impostazione,configuracao,instelling,参数,设置,設定,パラメータ,ustawienie")},
	{roleValue, words("value,setting value,wert,valeur,valore,waarde,值,数值,値,wartosc")},
	{roleKey, words("key,setting key,schlussel,cle,clave,chiave,chave,sleutel,键,キー")},
	{roleNumber, words("no,nr,num,number,row,row number,line,lfd nr,laufende nummer,nummer,numero,n,ligne,fila,riga,linha,regel,序号,番号,no.,lp")},
	{dataset.ColumnOrder, purchaseNumbers},
	{dataset.ColumnDiscount, words("discount,discount amount,discount pct,discount percent,discount rate,rebate,rabatt,nachlass,skonto,remise,rabais,reduction,descuento,rebaja,sconto,desconto,korting,rabat,upust,折扣,折扣率,割引,割引率,値引")},
	{dataset.ColumnMargin, words("profit,margin,gross profit,gross margin,contribution,contribution margin,order profit,deckungsbeitrag,rohertrag,rohgewinn,gewinn,marge,marge brute,benefice,margen,margen bruto,beneficio,ganancia,margine,margine lordo,utile,lucro,margem,brutowinst,winst,zysk,marza,利润,毛利,毛利润,利益,粗利")},
	{dataset.ColumnCurrency, words("waerk,waers,wkz,wkz umsatz,para birimi,валюта,العملة,מטבע,currency,currency code,curr,ccy,iso currency,wahrung,wahrungscode,devise,monnaie,moneda,divisa,valuta,moeda,waluta,币种,货币,通貨,通貨コード")},
	{dataset.ColumnReturned, words("returned,return,is returned,was returned,returned y n,cancelled,canceled,is cancelled,is canceled,refunded,is refunded,voided,retourniert,retoure,storniert,storno,annulliert,retourne,retour,annule,annulee,rembourse,devuelto,devuelta,devolucion,cancelado,cancelada,anulado,reembolsado,reso,restituito,annullato,rimborsato,devolvido,devolucao,geretourneerd,geannuleerd,zwrot,zwrocone,anulowane,是否退货,退货,已退货,已取消,是否取消,返品,返品有無,キャンセル,取消")},
	{roleCustomer, words("guest,guests,reviewer,reviewers,respondents,patient,patients,patron,subscriber,gast,gaste,gasten,huesped,huespedes,ospite,ospiti,hospede,musteri,musteriler,misafir,клиент,клиенты,покупатель,заказчик,гость,العميل,العملاء,الزبون,הלקוח,לקוח,לקוחות,zakaznik,customer,customers,client,clients,account,accounts,buyer,kunde,kunden,acheteur,cliente,clientes,comprador,clienti,acquirente,klant,klanten,afnemer,客户,顾客,用户,会员,顧客,会員,ユーザー,お客様,klient,klienci,kund,kunder")},
}

// wholeMatch is the identifier of strategic match as one column that stands for its three parts.
const wholeMatch = "match"

// componentWords are the parts of the two composite scores (METHOD 4.1).
var componentWords = []struct {
	role    dataset.ColumnRole
	id      string
	phrases []string
}{
	{dataset.ColumnMatch, "positioning", words("positioning,strategic positioning,target fit,positionierung,positionnement,posicionamiento,posizionamento,posicionamento,positionering,定位,定位匹配,定位匹配度,ポジショニング,pozycjonowanie")},
	{dataset.ColumnMatch, "ability", words("ability,ability match,capability,capability fit,capabilities,fahigkeit,fahigkeiten,leistungsfahigkeit,capacite,capacites,capacidad,capacita,capacidade,bekwaamheid,能力,能力匹配,能力匹配度,zdolnosc")},
	{dataset.ColumnMatch, "value_match", words("value match,values match,shared values,values fit,value fit,werteubereinstimmung,gemeinsame werte,valeurs partagees,valores compartidos,valori condivisi,valores partilhados,gedeelde waarden,价值观匹配,价值匹配,价值匹配度,価値観の一致")},
	{dataset.ColumnMatch, wholeMatch, words("strategic match,strategic fit,match score,fit score,strategic match score,strategic fit score,customer fit,customer fit score,customer match,match total,fit total,total match,total fit,overall match,overall fit,strategische passung,strategischer fit,adequation strategique,ajuste estrategico,encaje estrategico,corrispondenza strategica,adequacao estrategica,strategische fit,战略匹配,战略匹配度,战略匹配得分,匹配度,戦略適合度,戦略適合,dopasowanie strategiczne")},
	{dataset.ColumnValueScore, "purchase", words("purchase,purchase value,buying value,kaufwert,einkauf,valeur d achat,valor de compra,valore di acquisto,aankoopwaarde,购买价值,购买,購買価値")},
	{dataset.ColumnValueScore, "reputation", words("reputation,reputation value,referral value,word of mouth,reputationswert,empfehlungswert,valeur de reputation,valor de reputacion,reputazione,口碑价值,口碑,評判価値")},
	{dataset.ColumnValueScore, "information", words("information,information value,informationswert,feedback value,valeur d information,valor de informacion,valore informativo,信息价值,信息,情報価値")},
	{dataset.ColumnValueScore, "knowledge", words("knowledge,knowledge value,know how,wissenswert,wissen,connaissance,conocimiento,conoscenza,conhecimento,kennis,知识价值,知识,知識価値")},
	{dataset.ColumnValueScore, "transaction", words("transaction,transaction value,trading value,transaktionswert,valeur de transaction,valor de transaccion,valore di transazione,交易价值,交易,取引価値")},
}
